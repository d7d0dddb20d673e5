package ai.powertools.llamacpp;

import ai.powertools.core.Time;
import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.router.ChatOptions;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Content;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.FinishReason;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ProviderException;
import ai.powertools.router.ResponseFormat;
import ai.powertools.router.StreamEvent;
import ai.powertools.router.VendorDetails;
import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One answer in the making, token by token. For one call and its thread. */
final class Generation {
  private final LlamaModel llama;
  private final ProviderCall call;
  private final String provider;
  private final int contextTokens;
  private final Time time;
  private final long start;
  private final StringBuilder text = new StringBuilder();
  private @Nullable Duration first;
  private long input;
  private long output;

  Generation(LlamaModel llama, ProviderCall call, String provider, int contextTokens, Time time) {
    this.llama = llama;
    this.call = call;
    this.provider = provider;
    this.contextTokens = contextTokens;
    this.time = time;
    this.start = time.nanos();
  }

  ChatResponse run() {
    goOn();
    String prompt = Prompt.of(llama, call.request());
    input = llama.encode(prompt).length;
    if (input >= contextTokens) {
      throw failure(
          ErrorKind.CONTEXT_WINDOW,
          "the conversation takes %d tokens, it holds %d".formatted(input, contextTokens));
    }
    long room = contextTokens - input;
    long limit = Math.min(room, call.request().maxOutputTokens().orElse(Integer.MAX_VALUE));
    LlamaIterator tokens = llama.generate(parameters(prompt, (int) limit)).iterator();
    boolean whole = false;
    try {
      while (tokens.hasNext()) {
        add(next(tokens));
        goOn();
      }
      whole = true;
    } finally {
      if (!whole) {
        tokens.cancel();
      }
    }
    return response(output >= limit ? FinishReason.LENGTH : FinishReason.STOP);
  }

  private String next(LlamaIterator tokens) {
    try {
      return tokens.next().text;
    } catch (RuntimeException e) { // its own exception is not public
      throw failure(ErrorKind.SERVER, "llama.cpp failed: " + e.getMessage());
    }
  }

  private InferenceParameters parameters(String prompt, int limit) {
    InferenceParameters parameters = new InferenceParameters(prompt).setNPredict(limit);
    ChatOptions options = call.request().options();
    options.temperature().ifPresent(value -> parameters.setTemperature((float) value));
    options.topP().ifPresent(value -> parameters.setTopP((float) value));
    options.seed().ifPresent(seed -> parameters.setSeed((int) seed));
    if (!options.stop().isEmpty()) {
      parameters.setStopStrings(options.stop().toArray(new String[0]));
    }
    ResponseFormat format = call.request().responseFormat();
    if (format instanceof ResponseFormat.JsonSchema schema) {
      parameters.setGrammar(LlamaModel.jsonSchemaToGrammar(schema.schema()));
    } else if (format instanceof ResponseFormat.Json) {
      parameters.setGrammar(LlamaModel.jsonSchemaToGrammar("{\"type\":\"object\"}"));
    }
    return parameters;
  }

  /** The last of its outputs is empty, and says only that there are no more. */
  private void add(String piece) {
    if (piece.isEmpty()) {
      return;
    }
    output++;
    text.append(piece);
    if (first == null) {
      first = time.since(start);
    }
    call.listener().ifPresent(told -> told.on(new StreamEvent.TextDelta(piece)));
  }

  private void goOn() {
    if (Thread.currentThread().isInterrupted()) {
      throw failure(ErrorKind.CANCELLED, "the thread that waited was interrupted");
    }
    if (call.deadline().expired()) {
      throw failure(ErrorKind.TIMEOUT, "its deadline passed");
    }
  }

  private ProviderException failure(ErrorKind kind, String why) {
    return ProviderException.builder(kind, provider, call.model(), why)
        .partial(text.toString(), call.listener().isPresent())
        .partialUsage(output == 0 ? Optional.empty() : Optional.of(Usage.of(input, output)))
        .build();
  }

  /** A piece is a token, but for characters of several tokens: the output is an estimate. */
  private ChatResponse response(FinishReason reason) {
    return new ChatResponse(
        text.isEmpty() ? List.of() : List.of(new Content.Text(text.toString())),
        provider,
        call.model(),
        Usage.of(input, output),
        Certainty.ESTIMATED,
        reason,
        Optional.empty(),
        call.listener().isPresent() ? Optional.ofNullable(first) : Optional.empty(),
        time.since(start),
        VendorDetails.NONE);
  }
}

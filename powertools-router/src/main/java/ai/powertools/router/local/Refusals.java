package ai.powertools.router.local;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.PowerToolsException;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderException;
import ai.powertools.router.local.LocalModelException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The words for what went wrong with one model.
 *
 * @param what what was to become of it, as in {@code loaded}
 * @param name which model
 */
record Refusals(String what, ModelName name) {
  private static final String START_ONE =
      "Start Ollama or a llama.cpp server, or say where one is: OLLAMA_HOST, or LLAMA_ARG_HOST and"
          + " LLAMA_ARG_PORT.";

  private static final String LATE =
      "the deadline passed before it was done. Allow more time: a large model takes minutes.";

  /** There is nobody to ask. */
  LocalModelException noServer() {
    return error(Reason.NO_SERVER, "no server of models was found. " + START_ONE);
  }

  /** Nobody that could do it is ready. */
  LocalModelException noneReady(List<Unasked> why) {
    return error(
        Reason.NO_SERVER,
        "only Ollama fetches models, and none is ready. " + list(why) + " " + START_ONE);
  }

  /** Nobody can fetch models. */
  LocalModelException nobodyFetches(List<Host> hosts) {
    String who = hosts.stream().map(Host::label).collect(Collectors.joining(", "));
    return error(
        Reason.NOT_SUPPORTED,
        "only Ollama fetches models, and there is none here, but "
            + who
            + ". Start Ollama, or start the server that is there with another file.");
  }

  /** The one who has it keeps it. */
  LocalModelException keepsIt(Host host) {
    return error(
        Reason.NOT_SUPPORTED,
        Optional.of(host),
        "a server of this kind keeps what it was started with until it ends. Stop it to free its"
            + " memory; only Ollama unloads models while it runs.",
        null);
  }

  /** Nobody has it. */
  LocalModelException noSuchModel(List<Shelf> shelves) {
    List<Unasked> unasked = shelves.stream().flatMap(shelf -> shelf.unasked().stream()).toList();
    String known =
        shelves.stream()
            .filter(shelf -> shelf.unasked().isEmpty() || !shelf.models().isEmpty())
            .map(Refusals::inventory)
            .collect(Collectors.joining("; "));
    return error(
        Reason.NO_SUCH_MODEL,
        "no server that is ready has it."
            + (known.isEmpty() ? "" : " There is " + known + ".")
            + (unasked.isEmpty() ? "" : " What could not be asked: " + list(unasked))
            + " Fetch it with Ollama, or choose one that is there.");
  }

  /** The deadline has passed while servers were loading. */
  LocalModelException outOfTime() {
    return error(Reason.OUT_OF_TIME, LATE);
  }

  /** The server failed, was called off, or took too long. */
  PowerToolsException failed(Host host, ProviderException e, Deadline deadline) {
    if (e.kind() == ErrorKind.CANCELLED) {
      return new CancelledException(
          "Interrupted before the model %s was %s at %s.".formatted(name, what, host.label()), e);
    }
    boolean late = e.kind() == ErrorKind.TIMEOUT && deadline.expired();
    return error(
        late ? Reason.OUT_OF_TIME : Reason.FAILED,
        Optional.of(host),
        late ? LATE : String.valueOf(e.getMessage()),
        e);
  }

  private LocalModelException error(Reason reason, String why) {
    return error(reason, Optional.empty(), why, null);
  }

  private LocalModelException error(
      Reason reason, Optional<Host> host, String why, @Nullable Throwable cause) {
    String where = host.map(known -> " at " + known.label()).orElse("");
    String message = "The model %s could not be %s%s: %s".formatted(name, what, where, why);
    return new LocalModelException(reason, name.text(), host.map(Host::label), message, cause);
  }

  private static String inventory(Shelf shelf) {
    String models =
        shelf.models().stream()
            .map(served -> served.model().name())
            .collect(Collectors.joining(", "));
    return shelf.host().label() + " with " + (models.isEmpty() ? "no model" : models);
  }

  private static String list(List<Unasked> unasked) {
    return unasked.stream()
        .map(one -> one.server() + ": " + one.why())
        .map(sentence -> sentence.endsWith(".") ? sentence : sentence + ".")
        .collect(Collectors.joining(" "));
  }
}

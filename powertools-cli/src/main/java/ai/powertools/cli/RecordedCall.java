package ai.powertools.cli;

import ai.powertools.models.CallTerms;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.PricedCall;
import ai.powertools.models.UsageReader;
import ai.powertools.models.UsageReport;
import ai.powertools.models.UsageStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A call that somebody recorded: who answered, what, and when.
 *
 * @param provider who answered
 * @param api which of their APIs
 * @param model the model that was asked for; empty when the record does not say
 * @param body the response, or the events of a stream, as they came
 * @param terms when it was made, and for which tier
 */
record RecordedCall(
    String provider, String api, Optional<String> model, RawJson.Part body, CallTerms terms) {

  /** As much of a wrong value as a message repeats. */
  private static final int MOST_QUOTED = 40;

  /**
   * The call that a row is a record of.
   *
   * @param clock says when calls were made that have no time
   * @throws UnreadableRowException if the row is not JSON, or a field is missing or wrong
   */
  static RecordedCall of(String row, InstantSource clock) {
    Map<String, RawJson.Part> fields = RawJson.fields("The row", row);
    RawJson.Part body = fields.get("body");
    if (body == null) {
      throw new UnreadableRowException(
          "body is missing. Put the response there, as the vendor sent it.");
    }
    String provider =
        text(fields, "provider")
            .orElseThrow(
                () ->
                    new UnreadableRowException(
                        "provider is missing. Say who answered, as in \"openai\"."));
    CallTerms terms =
        CallTerms.at(text(fields, "at").map(RecordedCall::moment).orElseGet(clock::instant));
    return new RecordedCall(
        provider,
        text(fields, "api").orElse("default"),
        text(fields, "model"),
        body,
        text(fields, "tier").map(terms::tier).orElse(terms));
  }

  /**
   * What it cost.
   *
   * @throws ai.powertools.core.PowerToolsException if the usage can't be read
   */
  PricedCall price(ModelCatalog catalog) {
    UsageReader reader = UsageReader.of(provider, api).orElseThrow(() -> noReader(provider, api));
    return catalog.price(provider, model, report(reader), terms);
  }

  private UsageReport report(UsageReader reader) {
    return switch (body.kind()) {
      case OBJECT -> reader.report(body.text());
      case ARRAY -> ofEvents(reader, body.text());
      case TEXT -> ofText(reader, body.text().strip());
      case OTHER ->
          throw new UnreadableRowException(
              "body must be an object, a list of events, or a string with one of them.");
    };
  }

  private static UsageReport ofText(UsageReader reader, String text) {
    if (text.startsWith("[")) {
      return ofEvents(reader, text);
    }
    if (text.startsWith("data:") || text.startsWith("event:")) {
      UsageStream stream = reader.stream();
      text.lines()
          .filter(line -> line.startsWith("data:"))
          .forEach(line -> stream.accept(line.substring("data:".length())));
      return ended(stream);
    }
    RawJson.fields("The string in body", text);
    return reader.report(text);
  }

  private static UsageReport ofEvents(UsageReader reader, String events) {
    UsageStream stream = reader.stream();
    for (RawJson.Part event : RawJson.elements("body", events)) {
      stream.accept(event.text());
    }
    return ended(stream);
  }

  private static UsageReport ended(UsageStream stream) {
    return stream
        .report()
        .orElseThrow(
            () ->
                new UnreadableRowException(
                    "None of the events in body has usage. Ask the vendor for it with the stream."));
  }

  private static Optional<String> text(Map<String, RawJson.Part> fields, String name) {
    RawJson.Part part = fields.get(name);
    if (part != null && part.kind() != RawJson.Kind.TEXT) {
      throw new UnreadableRowException(name + " must be a string.");
    }
    return Optional.ofNullable(part).map(RawJson.Part::text).filter(text -> !text.isBlank());
  }

  private static Instant moment(String at) {
    try {
      return at.indexOf('T') < 0
          ? LocalDate.parse(at).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(at);
    } catch (DateTimeException e) {
      throw new UnreadableRowException(
          "at must be a date such as 2026-08-01 or a moment such as 2026-08-01T12:00:00Z, not \"%s\"."
              .formatted(shortened(at)),
          e);
    }
  }

  private static UnreadableRowException noReader(String provider, String api) {
    String prefix = provider.strip().toLowerCase(Locale.ROOT) + "/";
    List<String> apis =
        UsageReader.known().stream()
            .filter(name -> name.startsWith(prefix))
            .map(name -> name.substring(prefix.length()))
            .toList();
    return new UnreadableRowException(
        apis.isEmpty()
            ? "No API %s of a provider %s is known. powertools cost price --help lists those that are."
                .formatted(shortened(api), shortened(provider))
            : "Provider %s has no API %s; known are %s."
                .formatted(provider, shortened(api), String.join(", ", apis)));
  }

  private static String shortened(String text) {
    return text.length() <= MOST_QUOTED ? text : text.substring(0, MOST_QUOTED) + "…";
  }
}

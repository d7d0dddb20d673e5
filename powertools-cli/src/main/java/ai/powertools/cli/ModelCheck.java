package ai.powertools.cli;

import ai.powertools.models.CallTerms;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.PriceRow;
import ai.powertools.models.Prices;
import ai.powertools.models.Rates;
import ai.powertools.models.Unit;
import ai.powertools.models.Usd;
import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One model as the doctor sees it.
 *
 * @param label as in {@code openai:gpt-5-mini}
 * @param reach whether its provider can be reached
 * @param price what it charges
 * @param reachable whether a connection was made, or none is needed
 * @param lastResort whether it is no language model
 */
record ModelCheck(String label, String reach, String price, boolean reachable, boolean lastResort) {
  private static final int PATIENCE_MILLIS = 2_000;

  static ModelCheck of(ChatModel routed, ModelCatalog catalog) {
    ChatProvider provider = routed.provider();
    Optional<URI> endpoint = provider.endpoint();
    Optional<String> problem = endpoint.flatMap(ModelCheck::problem);
    String reach =
        endpoint
            .map(uri -> uri + problem.map(why -> " can't be reached: " + why).orElse(" answers"))
            .orElse("in this process");
    return new ModelCheck(
        routed.label(),
        reach,
        price(routed.resolve(catalog)),
        problem.isEmpty(),
        provider.isLastResort());
  }

  /** Whether there is something behind it that understands a question. */
  boolean canTalk() {
    return reachable && !lastResort;
  }

  String describe() {
    return "%s; %s; %s".formatted(label, reach, price);
  }

  private static String price(Model model) {
    if (model.prices().isEmpty()) {
      return "price unknown: a budget refuses it; give it a price in a catalog of your own";
    }
    Prices prices = model.prices().get();
    if (prices.isFree()) {
      return "exactly $0";
    }
    Optional<Rates> now = prices.inForce(CallTerms.at(Instant.now())).map(PriceRow::rates);
    String rates =
        "%s in and %s out per million tokens"
            .formatted(price(now, Unit.INPUT_TOKENS), price(now, Unit.OUTPUT_TOKENS));
    return model.asOf().equals(LocalDate.EPOCH) ? rates : rates + ", as of " + model.asOf();
  }

  private static String price(Optional<Rates> rates, Unit unit) {
    return rates.flatMap(known -> known.priceOf(unit)).map(Usd::format).orElse("unknown");
  }

  /** Opens a connection and closes it again: nothing is sent, nothing is charged. */
  private static Optional<String> problem(URI uri) {
    int port = uri.getPort() >= 0 ? uri.getPort() : "http".equals(uri.getScheme()) ? 80 : 443;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), port), PATIENCE_MILLIS);
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }
}

package ai.powertools.cli;

import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Prices;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.RoutedModel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
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

  static ModelCheck of(RoutedModel routed, ModelCatalog catalog) {
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
    if (prices.equals(Prices.FREE)) {
      return "exactly $0";
    }
    String rates =
        "%s in and %s out per million tokens"
            .formatted(prices.inputPerMillion().format(), prices.outputPerMillion().format());
    return model.asOf().equals(LocalDate.EPOCH) ? rates : rates + ", as of " + model.asOf();
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

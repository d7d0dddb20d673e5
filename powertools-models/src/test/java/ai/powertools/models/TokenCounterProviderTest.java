package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenCounterProviderTest {
  private static final Model MODEL = Model.local("acme", "small", 1_000);
  private static final Model OTHER = Model.local("acme", "large", 1_000);
  private static final ModelCatalog CATALOG = ModelCatalog.of(List.of(MODEL, OTHER));

  /** A counter of its own for one model. */
  private static TokenCounterProvider forSmall(TokenCounter counter) {
    return model -> model.equals(MODEL) ? Optional.of(counter) : Optional.empty();
  }

  @Test
  void isAskedBeforeTheBuiltInCounters() {
    TokenCounter mine = TokenCounter.of(Tokenizer.CL100K_BASE);
    ModelCatalog catalog = CATALOG.withTokenCounters(forSmall(mine));

    assertThat(catalog.tokens(MODEL)).isSameAs(mine);
    assertThat(catalog.tokens(OTHER).count("a b")).isEqualTo(CATALOG.tokens(OTHER).count("a b"));
    assertThat(CATALOG.tokens(MODEL)).isNotSameAs(mine);
  }

  @Test
  void isAskedBeforeThoseGivenEarlier() {
    TokenCounter earlier = TokenCounter.of(Tokenizer.CL100K_BASE);
    TokenCounter later = TokenCounter.of(Tokenizer.O200K_BASE);
    ModelCatalog catalog =
        CATALOG.withTokenCounters(model -> Optional.of(earlier)).withTokenCounters(forSmall(later));

    assertThat(catalog.tokens(MODEL)).isSameAs(later);
    assertThat(catalog.tokens(OTHER)).isSameAs(earlier);
  }

  @Test
  void staysWhenModelsAreAdded() {
    TokenCounter mine = TokenCounter.of(Tokenizer.CL100K_BASE);

    assertThat(CATALOG.withTokenCounters(forSmall(mine)).with(OTHER).tokens(MODEL)).isSameAs(mine);
  }
}

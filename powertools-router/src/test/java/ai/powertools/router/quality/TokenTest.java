package ai.powertools.router.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenTest {
  @Test
  void takesWordsNumbersAndSignsApart() {
    assertThat(Token.of("Don’t pay $1,234.50, says 'Ann'."))
        .extracting(Token::text)
        .containsExactly("don't", "pay", "$", "1,234.50", ",", "says", "'", "ann", "'", ".");
    assertThat(Token.of("x2 3rd ä"))
        .extracting(Token::kind)
        .containsExactly(
            Token.Kind.WORD,
            Token.Kind.NUMBER,
            Token.Kind.NUMBER,
            Token.Kind.WORD,
            Token.Kind.WORD);
  }

  @Test
  void countsCapitals() {
    assertThat(Token.of("NASA Ann ok")).extracting(Token::capitals).containsExactly(4, 1, 0);
  }

  @Test
  void knowsWhereSentencesEnd() {
    assertThat(Token.of("It costs 3.5 e.g. now. Why?\nSo  "))
        .filteredOn(Token::endsSentence)
        .extracting(Token::text)
        .containsExactly(".", ".", "?", "so");
  }

  @Test
  void anythingIsTakenApart() {
    assertThat(Token.of("")).isEmpty();
    assertThat(Token.of(" \n\t ")).isEmpty();
    assertThat(Token.of("\ud83d\ude00 \ud83d")).hasSize(3);
  }
}

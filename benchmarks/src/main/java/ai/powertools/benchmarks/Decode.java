package ai.powertools.benchmarks;

import java.util.List;
import java.util.Map;

/** What our client of OpenAI takes to read an answer, over the better of two others. */
final class Decode implements Comparison {
  private static final double GOAL = 0.8;

  @Override
  public String name() {
    return "decode";
  }

  @Override
  public Class<?> benchmarks() {
    return DecodeBenchmark.class;
  }

  @Override
  public List<Figure> figures(Map<String, Measured> results) {
    Measured ours = results.getOrDefault("streamOurs", Measured.NOTHING);
    Measured langChain = results.getOrDefault("streamLangChain4j", Measured.NOTHING);
    Measured openAi = results.getOrDefault("streamOpenAiJava", Measured.NOTHING);
    Measured oursWhole = results.getOrDefault("wholeOurs", Measured.NOTHING);
    Measured langChainWhole = results.getOrDefault("wholeLangChain4j", Measured.NOTHING);
    Measured openAiWhole = results.getOrDefault("wholeOpenAiJava", Measured.NOTHING);
    return List.of(
        Figure.ratio(
            "stream of 2,000 events, to LangChain4j", ours.median(), langChain.median(), GOAL),
        Figure.ratio(
            "stream of 2,000 events, to openai-java", ours.median(), openAi.median(), GOAL),
        Figure.ratio("its bytes allocated, to LangChain4j", ours.bytes(), langChain.bytes(), GOAL),
        Figure.ratio("its bytes allocated, to openai-java", ours.bytes(), openAi.bytes(), GOAL),
        Figure.ratio(
            "answer of 100 kB, to LangChain4j", oursWhole.median(), langChainWhole.median(), GOAL),
        Figure.ratio(
            "answer of 100 kB, to openai-java", oursWhole.median(), openAiWhole.median(), GOAL),
        Figure.ratio(
            "its bytes allocated, to LangChain4j", oursWhole.bytes(), langChainWhole.bytes(), GOAL),
        Figure.ratio(
            "its bytes allocated, to openai-java", oursWhole.bytes(), openAiWhole.bytes(), GOAL));
  }
}

package ai.powertools.examples;

import ai.powertools.router.ChatRequest;
import ai.powertools.router.StructuredResponse;
import ai.powertools.testing.ProviderSimulator;
import java.util.List;
import java.util.Optional;

/** An answer with the components of a record: asked for by schema, checked, mended once. */
public final class AnswerAsARecord {
  private AnswerAsARecord() {}

  /** What is asked for. */
  record Person(String name, Optional<Integer> born, List<String> fields) {}

  public static void main(String[] arguments) {
    try (ProviderSimulator simulator = ProviderSimulator.start()) {
      simulator
          .answer("{\"name\":\"Ada Lovelace\",\"born\":\"in 1815\"}")
          .answer("{\"name\":\"Ada Lovelace\",\"born\":1815,\"fields\":[\"mathematics\"]}");

      StructuredResponse<Person> response =
          Models.model(simulator).chat(ChatRequest.of("Who was Ada Lovelace?"), Person.class);

      Person person = response.value();
      System.out.println(person.name() + ", born in " + person.born().orElse(0));
      System.out.println(response.responses().size() + " answers, " + person.fields());
    }
  }
}

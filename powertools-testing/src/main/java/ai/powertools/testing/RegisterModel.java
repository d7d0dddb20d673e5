package ai.powertools.testing;

import java.util.Optional;

/**
 * A register that holds a text.
 *
 * @param initial what each key holds before the first write
 */
public record RegisterModel(String initial)
    implements SequentialModel<String, RegisterOperation, String> {
  @Override
  public Optional<String> step(String state, RegisterOperation operation, Optional<String> result) {
    if (operation instanceof RegisterOperation.Read) {
      return result.isEmpty() || result.get().equals(state) ? Optional.of(state) : Optional.empty();
    }
    if (operation instanceof RegisterOperation.Write write) {
      return Optional.of(write.value());
    }
    if (operation instanceof RegisterOperation.Append append) {
      return Optional.of(state + append.value());
    }
    RegisterOperation.CompareAndSet change = (RegisterOperation.CompareAndSet) operation;
    boolean fits = change.expected().equals(state);
    if (result.isPresent() && !result.get().equals(Boolean.toString(fits))) {
      return Optional.empty();
    }
    return Optional.of(fits ? change.value() : state);
  }

  @Override
  public boolean changesNothing(RegisterOperation operation, String result) {
    return operation instanceof RegisterOperation.Read
        || (operation instanceof RegisterOperation.CompareAndSet && result.equals("false"));
  }
}

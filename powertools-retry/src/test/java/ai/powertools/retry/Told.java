package ai.powertools.retry;

import java.util.ArrayList;
import java.util.List;

/** Everybody whom a handler tells of calls that failed, in one. */
final class Told implements FailureListener, DeadLetterBox {
  record Letter(String key, CallOptions.Input input, Failure failure) {}

  final List<FailedCall> calls = new ArrayList<>();
  final List<Letter> letters = new ArrayList<>();

  @Override
  public void onFailure(FailedCall call) {
    calls.add(call);
  }

  @Override
  public void keep(String key, CallOptions.Input input, Failure failure) {
    letters.add(new Letter(key, input, failure));
  }

  List<Outcome> outcomes() {
    return calls.stream().map(FailedCall::outcome).toList();
  }
}

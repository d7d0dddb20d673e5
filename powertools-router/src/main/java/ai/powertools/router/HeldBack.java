package ai.powertools.router;

import java.util.ArrayList;
import java.util.List;

/** Keeps what an answer says until it is known whether it will do. */
final class HeldBack {
  private final Call call;
  private final List<StreamEvent> events = new ArrayList<>();

  HeldBack(Call call) {
    this.call = call;
  }

  Call call() {
    return call.with((StreamListener) events::add);
  }

  void release() {
    call.listener().ifPresent(told -> events.forEach(told::on));
  }
}

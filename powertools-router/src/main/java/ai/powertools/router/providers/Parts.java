package ai.powertools.router.providers;

import ai.powertools.router.Content;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts the parts of an answer together from their pieces. For one thread. */
final class Parts {
  private final List<Part> parts = new ArrayList<>();
  private final Map<Integer, Call> calls = new HashMap<>();
  private @Nullable Part last;

  private sealed interface Part {
    Content content();
  }

  private record Whole(Content content) implements Part {}

  /** A text that most often comes whole, or else in very many pieces. */
  private static final class Words implements Part {
    private String first = "";
    private @Nullable StringBuilder all;

    void append(String more) {
      if (all != null) {
        all.append(more);
      } else if (first.isEmpty()) {
        first = more;
      } else {
        all = new StringBuilder(first).append(more);
      }
    }

    String text() {
      return all == null ? first : all.toString();
    }

    @Override
    public Content content() {
      return new Content.Text(text());
    }
  }

  private static final class Thoughts implements Part {
    final StringBuilder text = new StringBuilder();
    private Content.@Nullable VendorState state;

    @Override
    public Content content() {
      return new Content.Reasoning(text.toString(), Optional.ofNullable(state));
    }
  }

  /** A tool call in the making. */
  static final class Call implements Part {
    private final int index;
    private final StringBuilder json = new StringBuilder();
    private String id = "";
    private String name = "";
    private int told;
    private Content.@Nullable VendorState state;

    private Call(int index) {
      this.index = index;
    }

    /** Which of the answer's calls it is. */
    int index() {
      return index;
    }

    /** Vendors that give none don't need one; ours is unique in any conversation. */
    String id() {
      if (id.isEmpty()) {
        id = "call_" + UUID.randomUUID().toString().replace("-", "");
      }
      return id;
    }

    String name() {
      return name;
    }

    /** What has come since this was asked before. */
    String untold() {
      String more = json.substring(told);
      told = json.length();
      return more;
    }

    @Override
    public Content content() {
      // No arguments are an empty object, whatever the vendor makes of them.
      String arguments = json.toString().isBlank() ? "{}" : json.toString();
      return new Content.ToolCall(id(), name, arguments, Optional.ofNullable(state));
    }
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  boolean hasToolCalls() {
    return !calls.isEmpty();
  }

  void text(String delta) {
    if (!(last instanceof Words)) {
      add(new Words());
    }
    if (last instanceof Words words) {
      words.append(delta);
    }
  }

  void beginReasoning() {
    add(new Thoughts());
  }

  void reasoning(String delta) {
    if (!(last instanceof Thoughts)) {
      beginReasoning();
    }
    if (last instanceof Thoughts thoughts) {
      thoughts.text.append(delta);
    }
  }

  /** Of the last thoughts; thoughts without words are begun with it. */
  void reasoningState(Content.VendorState state) {
    if (!(last instanceof Thoughts)) {
      beginReasoning();
    }
    if (last instanceof Thoughts thoughts) {
      thoughts.state = state;
    }
  }

  Call toolCall(int key, String id, String name, String json) {
    Call call = call(key);
    if (call.id.isEmpty()) {
      call.id = id;
    }
    if (call.name.isEmpty()) {
      call.name = name;
    }
    call.json.append(json);
    return call;
  }

  void toolCallState(int key, Content.VendorState state) {
    call(key).state = state;
  }

  void add(Content content) {
    add(new Whole(content));
  }

  /** All parts that say something; a call without a name is none. */
  List<Content> contents() {
    List<Content> contents = new ArrayList<>();
    for (Part part : parts) {
      boolean nameless = part instanceof Call call && call.name.isEmpty();
      boolean nothing =
          part instanceof Thoughts thoughts && thoughts.text.isEmpty() && thoughts.state == null;
      if (!nameless && !nothing) {
        contents.add(part.content());
      }
    }
    return contents;
  }

  /** What was said. */
  String words() {
    StringBuilder all = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Words words) {
        all.append(words.text());
      }
    }
    return all.toString();
  }

  /** All that was generated, as far as it is text: words, thoughts, and the arguments of calls. */
  String all() {
    StringBuilder all = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Words words) {
        all.append(words.text());
      } else if (part instanceof Thoughts thoughts) {
        all.append(thoughts.text);
      } else if (part instanceof Call call) {
        all.append(call.name).append(call.json);
      }
    }
    return all.toString();
  }

  private Call call(int key) {
    Call call = calls.get(key);
    if (call == null) {
      call = new Call(calls.size());
      calls.put(key, call);
      add(call);
    }
    return call;
  }

  private void add(Part part) {
    parts.add(part);
    last = part;
  }
}

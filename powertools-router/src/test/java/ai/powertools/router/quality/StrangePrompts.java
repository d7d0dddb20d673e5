package ai.powertools.router.quality;

import java.util.List;

/** Prompts of kinds that the bundled model has not learned from: talk, code, other languages. */
final class StrangePrompts {
  static final List<String> ALL =
      List.of(
          "Hi",
          "Hello, how are you today?",
          "Thanks, that was helpful!",
          "Good morning",
          "Tell me a joke about programmers.",
          "Write a haiku about autumn.",
          "Can you help me write an email to my boss about taking next Friday off?",
          "Summarize the following meeting notes in three bullet points and list open questions.",
          "What should I cook tonight with eggs, spinach and feta?",
          "Give me five names for a coffee shop near the harbour.",
          "Please proofread my cover letter and make it sound more confident.",
          "I feel a bit down today. What could I do to cheer myself up?",
          "Plan a weekend in Lisbon for two people who like museums and hate queues.",
          "Write a product description for a waterproof backpack.",
          "Act as a pirate and greet me.",
          "Who won the football match last night?",
          "Rewrite this sentence so that it is shorter: we are writing to inform you.",
          "Draft a tweet announcing our new release.",
          "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\n\nMake it iterative.",
          "public static void main(String[] args) { System.out.println(foo); } // fix it",
          "SELECT name, COUNT(*) FROM users WHERE age > 30 GROUP BY name ORDER BY 2 DESC;",
          "const x = await fetch(`/api/${id}`).then(r => r.json()); why is x undefined?",
          "Fix the borrow checker error: cannot borrow `*self` as mutable more than once",
          "Traceback (most recent call last): File \"a.py\", line 3 KeyError: 'id'",
          "<div class=\"card\"><img src=\"a.png\"></div> center this with CSS grid",
          "git rebase -i HEAD~3 says: could not apply 1a2b3c4. What now?",
          "docker run --rm -it -v $(pwd):/work ubuntu:22.04 bash -lc 'ls -la'",
          "{\"name\":\"x\",\"items\":[1,2,3],\"nested\":{\"a\":null}} convert to YAML",
          "Implement a lock-free hash map in C++ and explain its memory ordering.",
          "Write a regex that matches IPv4 addresses but not version numbers.",
          "Wie spät ist es in Tokio, wenn es in Berlin zwölf Uhr ist?",
          "Quelle est la différence entre un alligator et un crocodile ?",
          "¿Puedes traducir este párrafo al inglés, por favor?",
          "请把这段话翻译成英文。",
          "東京で一番おいしいラーメン屋はどこですか。",
          "Как приготовить борщ?",
          "ما هي عاصمة المغرب؟",
          "aGVsbG8gd29ybGQgdGhpcyBpcyBiYXNlNjQgZ2FyYmFnZSBhbmQgbW9yZQ==",
          "asdf qwer zxcv uiop hjkl bnm",
          "0x7f 0x45 0x4c 0x46 0x02 0x01 0x01 0x00",
          "lorem ipsum dolor sit amet consectetur adipiscing elit",
          "!!!???...---",
          "Translate to French: The cat sleeps on the warm roof.",
          "Explain the difference between TCP and UDP.",
          "Prove that there are infinitely many primes of the form 4k+3.");

  private StrangePrompts() {}
}

package ai.powertools.logging;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Made-up secrets of every kind that is redacted by default. */
final class Secrets {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String WORD = LETTERS + "0123456789";

  private final RandomGenerator random;

  Secrets(RandomGenerator random) {
    this.random = random;
  }

  /** One of each kind that is known by how it looks, by the hint that is left of it. */
  Map<String, String> keys() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("sk-" + word(48), "openai key");
    all.put("sk-" + hex(32), "openai key");
    all.put("sk-proj-" + url(20) + "_" + url(20) + "-" + word(40), "openai key");
    all.put("sk-svcacct-" + url(60), "openai key");
    all.put("sk-ant-api03-" + url(93) + "AA", "anthropic key");
    all.put("sk-or-v1-" + hex(64), "openrouter key");
    all.put("AIzaSy" + url(33), "google key");
    all.put("ghp_" + word(36), "github token");
    all.put("gho_" + word(36), "github token");
    all.put("ghs_" + word(36), "github token");
    all.put("github_pat_" + word(22) + "_" + word(59), "github token");
    all.put("AKIA" + word(16).toUpperCase(java.util.Locale.ROOT), "aws key");
    all.put("ASIA" + word(16).toUpperCase(java.util.Locale.ROOT), "aws key");
    all.put("xoxb-" + digits(12) + "-" + digits(12) + "-" + word(24), "slack token");
    all.put("xoxp-" + digits(12) + "-" + digits(12) + "-" + hex(32), "slack token");
    all.put("glpat-" + url(20), "gitlab token");
    all.put("hf_" + word(34), "hugging face token");
    all.put("gsk_" + word(52), "groq key");
    all.put("sk_live_" + word(24), "stripe key");
    all.put(jwt(), "jwt");
    all.put(pem("PRIVATE KEY"), "private key");
    all.put(pem("RSA PRIVATE KEY"), "private key");
    all.put(card(), "card");
    return all;
  }

  String word(int length) {
    return some(WORD, length - 2) + some(LETTERS, 1) + some("0123456789", 1);
  }

  String digits(int length) {
    return some("0123456789", length);
  }

  private String url(int length) {
    return some(WORD + "_-", length - 2) + some(LETTERS, 1) + some("0123456789", 1);
  }

  private String hex(int length) {
    return some("0123456789abcdef", length - 2) + "a1";
  }

  private String jwt() {
    String header = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    return header + "." + base64("{\"sub\":\"" + word(12) + "\"}") + "." + url(43);
  }

  private String pem(String label) {
    StringBuilder pem = new StringBuilder("-----BEGIN " + label + "-----\n");
    for (int i = 0; i < 3; i++) {
      pem.append(some(WORD + "+/", 64)).append('\n');
    }
    return pem.append("-----END ").append(label).append("-----").toString();
  }

  /** A Visa number with its check digit. */
  private String card() {
    String digits = "4" + digits(14);
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      int digit = digits.charAt(i) - '0';
      int doubled = i % 2 == 0 ? 2 * digit : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    String number = digits + (10 - sum % 10) % 10;
    return random.nextBoolean() ? number : number.replaceAll("(.{4})(?=.)", "$1 ");
  }

  private String some(String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}

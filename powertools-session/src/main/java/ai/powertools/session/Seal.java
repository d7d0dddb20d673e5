package ai.powertools.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What an encrypted record says of its encryption: key, check of the key, nonce. */
final class Seal {
  static final int CHECK = 4;
  static final int NONCE = 12;

  private final String keyId;
  private final byte[] check;
  private final byte[] nonce;

  Seal(String keyId, byte[] check, byte[] nonce) {
    this.keyId = keyId;
    this.check = check;
    this.nonce = nonce;
  }

  static Seal get(ByteBuffer from) {
    byte[] name = new byte[from.get() & 0x7f];
    from.get(name);
    byte[] check = new byte[CHECK];
    from.get(check);
    byte[] nonce = new byte[NONCE];
    from.get(nonce);
    return new Seal(new String(name, StandardCharsets.US_ASCII), check, nonce);
  }

  void put(ByteBuffer to) {
    to.put((byte) keyId.length());
    to.put(keyId.getBytes(StandardCharsets.US_ASCII));
    to.put(check);
    to.put(nonce);
  }

  int length() {
    return 1 + keyId.length() + CHECK + NONCE;
  }

  String keyId() {
    return keyId;
  }

  byte[] check() {
    return check;
  }

  byte[] nonce() {
    return nonce;
  }
}

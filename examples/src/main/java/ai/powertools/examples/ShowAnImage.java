package ai.powertools.examples;

import ai.powertools.router.ChatRequest;
import ai.powertools.router.Content;
import ai.powertools.router.Media;
import ai.powertools.testing.ProviderSimulator;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A question about an image that this program draws. */
public final class ShowAnImage {
  private ShowAnImage() {}

  public static void main(String[] arguments) {
    try (ProviderSimulator simulator = ProviderSimulator.start()) {
      simulator.answer("It is all red.");
      ChatRequest question =
          ChatRequest.builder()
              .user(new Content.Text("What colour is this?"), new Content.Image(redSquare()))
              .build();

      System.out.println(Models.model(simulator).chat(question).text());
    }
  }

  private static Media redSquare() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 64; x++) {
      for (int y = 0; y < 64; y++) {
        image.setRGB(x, y, 0xFF0000);
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Media.of(png.toByteArray(), "image/png");
  }
}

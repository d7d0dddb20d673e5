package ai.powertools.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** House rules that no other check of the build looks at. */
class HouseTest {
  private static final Pattern BOM_ENTRY = Pattern.compile("<artifactId>(powertools-\\w+)<");

  @Test
  void everyModuleHasAStableNameAndItsFloor() {
    for (Path module : Repository.modules()) {
      String pom = Repository.read(module.resolve("pom.xml"));
      String name = module.getFileName().toString().replace("powertools-", "");
      assertThat(pom)
          .as(module.toString())
          .contains("<module.name>ai.powertools." + name + "</module.name>")
          .contains("<floor.allows>");
    }
  }

  @Test
  void everyPackageIsNullMarkedAndSaysWhatItIsFor() {
    List<Path> without = new ArrayList<>();
    for (Path source : Repository.files(".java")) {
      boolean main = source.toString().contains("/src/main/java/");
      Path info = source.resolveSibling("package-info.java");
      if (main && !(Files.exists(info) && Repository.read(info).contains("@NullMarked"))) {
        without.add(Repository.root().relativize(source));
      }
    }
    assertThat(without).isEmpty();
  }

  @Test
  void everyLibraryHasAGuide() {
    for (Path module : Repository.modules()) {
      String name = libraryName(module);
      if (name.startsWith("powertools-")) {
        String guide = name.replace("powertools-", "") + ".md";
        assertThat(Repository.root().resolve("docs/components").resolve(guide)).exists();
      }
    }
  }

  @Test
  void theBomNamesEveryLibrary() {
    TreeSet<String> inBom = new TreeSet<>();
    Matcher entry =
        BOM_ENTRY.matcher(Repository.read(Repository.root().resolve("powertools-bom/pom.xml")));
    while (entry.find()) {
      inBom.add(entry.group(1));
    }
    TreeSet<String> libraries = new TreeSet<>(List.of("powertools-bom"));
    for (Path module : Repository.modules()) {
      String name = libraryName(module);
      if (name.startsWith("powertools-")) {
        libraries.add(name);
      }
    }
    assertThat(inBom).isEqualTo(libraries);
  }

  @Test
  void noClassIsLongerThanAPersonReads() {
    List<String> tooLong = new ArrayList<>();
    for (Path source : Repository.files(".java")) {
      long lines = Repository.read(source).lines().count();
      if (source.toString().contains("/src/main/") && lines > 400) {
        tooLong.add(Repository.root().relativize(source) + ": " + lines);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  /** Tools have short folders: {@code powertools-tools/llamacpp} is {@code powertools-llamacpp}. */
  private static String libraryName(Path module) {
    String folder = module.getFileName().toString();
    boolean tool = module.getParent().getFileName().toString().equals("powertools-tools");
    return tool ? "powertools-" + folder : folder;
  }
}

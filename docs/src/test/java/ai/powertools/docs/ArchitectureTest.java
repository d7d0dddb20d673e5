package ai.powertools.docs;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** The floors of ARCHITECTURE.md, read off the class files: arrows point down only. */
@AnalyzeClasses(packages = "ai.powertools", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] TIER_1 = {
    "ai.powertools.router..",
    "ai.powertools.cost..",
    "ai.powertools.session..",
    "ai.powertools.ratelimit..",
    "ai.powertools.retry..",
    "ai.powertools.logging.."
  };

  @ArchTest
  static final ArchRule arrowsPointDown =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("ai.powertools..")
          .layer("core")
          .definedBy("ai.powertools.core..")
          .layer("base")
          .definedBy("ai.powertools.models..", "ai.powertools.store..", "ai.powertools.testing..")
          .layer("foundations")
          .definedBy(TIER_1)
          .layer("tools")
          .definedBy("ai.powertools.llamacpp..")
          .layer("workflow")
          .definedBy("ai.powertools.workflow..")
          .layer("orchestrator")
          .definedBy("ai.powertools.orchestrator..")
          .layer("people")
          .definedBy("ai.powertools.cli..", "ai.powertools.examples..")
          .whereLayer("people")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("orchestrator")
          .mayOnlyBeAccessedByLayers("people")
          .whereLayer("workflow")
          .mayOnlyBeAccessedByLayers("orchestrator", "people")
          .whereLayer("tools")
          .mayOnlyBeAccessedByLayers("orchestrator", "people")
          .whereLayer("foundations")
          .mayOnlyBeAccessedByLayers("tools", "orchestrator", "people")
          .whereLayer("core")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule foundationsDoNotKnowEachOther =
      slices()
          .assignedFrom(new Foundations())
          .should()
          .notDependOnEachOther()
          .as("The six foundations do not know each other");

  @ArchTest
  static final ArchRule baseModulesDoNotKnowEachOther =
      slices()
          .matching("ai.powertools.(models|store|testing)..")
          .should()
          .notDependOnEachOther()
          .as("models, store and testing do not know each other");

  @ArchTest
  static final ArchRule productsDoNotStandOnTestCode =
      noClasses()
          .that(resideInAnyPackage("ai.powertools..").and(notIn("testing", "examples")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.powertools.testing..");

  @ArchTest
  static final ArchRule nobodyReadsForeignClassesFromBytes =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.ObjectInputStream")
          .because("nothing is deserialised into classes named by the input");

  @ArchTest
  static final ArchRule librariesDoNotPrint =
      noClasses()
          .that(resideInAnyPackage("ai.powertools..").and(notIn("cli", "examples")))
          .should()
          .accessField(System.class, "out")
          .because("only the command line speaks to people");

  @ArchTest
  static final ArchRule errorsHaveOneRoot =
      classes()
          .that()
          .areAssignableTo(RuntimeException.class)
          .and(resideInAPackage("ai.powertools..").and(notIn("testing")))
          .should()
          .beAssignableTo(ai.powertools.core.PowerToolsException.class);

  private static DescribedPredicate<JavaClass> notIn(String... modules) {
    DescribedPredicate<JavaClass> in = alwaysTrue();
    for (String module : modules) {
      in = in.and(DescribedPredicate.not(resideInAPackage("ai.powertools." + module + "..")));
    }
    return in;
  }

  /** One slice a foundation, and nothing else in any. */
  private static final class Foundations implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      for (String foundation : TIER_1) {
        String pack = foundation.substring(0, foundation.length() - 2);
        if ((javaClass.getPackageName() + ".").startsWith(pack + ".")) {
          return SliceIdentifier.of(pack);
        }
      }
      return SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "the six foundations";
    }
  }
}

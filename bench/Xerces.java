// Parses and validates files over and over with the Xerces of the JDK, and prints one line per file:
// the median of five rounds' medians, in microseconds. Arguments: schema, then the files.

import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;

public class Xerces {
  private static final int ROUNDS = 5;
  private static final long ROUND_NS = 200_000_000L;
  private static final long WARM_UP_NS = 2_000_000_000L;

  public static void main(String[] args) throws Exception {
    SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    Schema schema = factory.newSchema(new File(args[0]));
    for (String file : Arrays.copyOfRange(args, 1, args.length)) {
      byte[] bytes = Files.readAllBytes(Path.of(file));
      Validator validator = schema.newValidator();
      round(validator, bytes, WARM_UP_NS);
      double[] medians = new double[ROUNDS];
      for (int at = 0; at < ROUNDS; at += 1) medians[at] = round(validator, bytes, ROUND_NS);
      System.out.println(median(medians));
    }
  }

  private static double round(Validator validator, byte[] bytes, long budgetNs) throws Exception {
    double[] calls = new double[1024];
    int count = 0;
    long until = System.nanoTime() + budgetNs;
    do {
      long start = System.nanoTime();
      validator.validate(new StreamSource(new ByteArrayInputStream(bytes)));
      if (count == calls.length) calls = Arrays.copyOf(calls, 2 * count);
      calls[count] = (System.nanoTime() - start) / 1_000.0;
      count += 1;
    } while (System.nanoTime() < until);
    return median(Arrays.copyOf(calls, count));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}

// Starter of an adapter for denbun, in Java 8 or newer, one file, without dependencies. Copy it.
//
// The harness starts this program and writes commands to its stdin: lines key=value, ended by a
// blank line (framing kv); it reads answers of the same form from stdout. Messages for people go to
// stderr. Everything is in docs/sut-protocol.md. Run by `java Adapter.java` (11 or newer), or
// `javac Adapter.java` and then `java Adapter`.
// この雛形を写して、あなたのシステムにつなぐところを書き足してください。

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

public class Adapter {
    static final int LONGEST = 1_000_000; // characters of a message

    /** What hello told: network.peers.cs.tcp, network.codes.juki, network.tls.ca and so on. */
    static Map<String, String> network = new LinkedHashMap<>();

    /** Take note of the network; open your listeners before you answer. */
    static Map<String, String> hello(Map<String, String> command) {
        if (!command.get("token").equals(System.getenv("DENBUN_TOKEN"))) {
            return answer("error", "reason", "wrong token"); // another run, or not the harness
        }
        network = command;
        String role = command.get("role");
        return answer("ok",
            "nonce", command.get("nonce"),
            "environment", "test", // "production" is refused: the suite writes synthetic residents
            "sut.name", "my system",
            "sut.version", "0",
            "adapter.name", "starter-java",
            "adapter.version", "1",
            "verbs.1", "stop", // add provision, trigger, observe, clock as you write them
            "listens." + role + ".tcp", "127.0.0.1:9101", // where your system listens
            "listens." + role + ".http", "127.0.0.1:9102");
    }

    /** Put records into the registers (事前データ); no telegram may leave because of it. */
    static Map<String, String> provision(Map<String, String> command) {
        return unsupported(); // kind, args.… → answer("ok", "handle", …)
    }

    /** Do what staff would do (操作), tell how it came out; do not wait for telegrams. */
    static Map<String, String> trigger(Map<String, String> command) {
        return unsupported(); // action, args.… → answer("ok", "handle", …)
    }

    /** Tell what the registers hold (照会). */
    static Map<String, String> observe(Map<String, String> command) {
        return unsupported(); // what, args.… → answer("ok", "data.juminhyo_code", …)
    }

    static Map<String, String> act(Map<String, String> command) {
        switch (command.get("cmd")) {
            case "hello": return hello(command);
            case "provision": return provision(command);
            case "trigger": return trigger(command);
            case "observe": return observe(command);
            case "stop": return answer("ok");
            default: return unsupported();
        }
    }

    static Map<String, String> answer(String status, String... members) {
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("status", status);
        for (int i = 0; i < members.length; i += 2) {
            answer.put(members[i], members[i + 1]);
        }
        return answer;
    }

    static Map<String, String> unsupported() {
        return answer("unsupported", "scope", "adapter"); // the system may, the adapter cannot
    }

    /** Return the next command, empty for what is none or too long, null at the end. */
    static Map<String, String> read(BufferedReader in) throws IOException {
        Map<String, String> command = new LinkedHashMap<>();
        int size = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int equals = line.indexOf('=');
            size += line.length();
            if (line.trim().isEmpty()) {
                boolean whole = command.containsKey("cmd") && size <= LONGEST;
                return whole ? command : new LinkedHashMap<>();
            }
            if (equals > 0) {
                command.put(line.substring(0, equals), unescaped(line.substring(equals + 1)));
            }
        }
        return null;
    }

    /** Values have %25 for %, %0A for a line end and so on. */
    static String unescaped(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '%' && value.substring(i).matches("%[0-9A-F]{2}.*")) {
                text.append((char) Integer.parseInt(value.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                text.append(value.charAt(i));
            }
        }
        return text.toString();
    }

    static String escaped(String value) {
        return value.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D");
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, false, "UTF-8");
        long last = 0;
        for (Map<String, String> command = read(in); command != null; command = read(in)) {
            long seq = 0;
            Map<String, String> answer;
            try {
                seq = Long.parseLong(command.get("seq"));
                if (seq <= last) {
                    continue; // a seq that was used: nothing is done
                }
                answer = act(command);
            } catch (RuntimeException error) {
                System.err.println("no command, or it broke: " + error);
                answer = answer("error", "reason", error.getClass().getSimpleName());
            }
            last = Math.max(last, seq);
            out.print("seq=" + seq + "\n");
            answer.forEach((key, value) -> out.print(key + "=" + escaped(value) + "\n"));
            out.print("\n");
            out.flush();
            if ("stop".equals(command.get("cmd"))) {
                return;
            }
        }
    }
}

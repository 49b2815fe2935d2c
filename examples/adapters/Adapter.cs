// Starter of an adapter for denbun, in C# (.NET Framework 4.5 or newer, .NET, Mono), one file,
// without dependencies. Copy it and go on.
//
// The harness starts this program and writes commands to its stdin: lines key=value, ended by a
// blank line (framing kv); it reads answers of the same form from stdout. Messages for people go to
// stderr. Everything is in docs/sut-protocol.md. Build by `mcs Adapter.cs`, `csc Adapter.cs` or as a
// console project of .NET.
// この雛形を写して、あなたのシステムにつなぐところを書き足してください。

using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;

public static class Adapter
{
    const int Longest = 1000000; // characters of a message

    // What hello told: network.peers.cs.tcp, network.codes.juki, network.tls.ca and so on.
    static Dictionary<string, string> network = new Dictionary<string, string>();

    // Take note of the network; open your listeners before you answer.
    static List<string> Hello(Dictionary<string, string> command)
    {
        if (command["token"] != Environment.GetEnvironmentVariable("DENBUN_TOKEN"))
            return Answer("error", "reason", "wrong token"); // another run, or not the harness
        network = command;
        string role = command["role"];
        return Answer("ok",
            "nonce", command["nonce"],
            "environment", "test", // "production" is refused: the suite writes synthetic residents
            "sut.name", "my system",
            "sut.version", "0",
            "adapter.name", "starter-csharp",
            "adapter.version", "1",
            "verbs.1", "stop", // add provision, trigger, observe, clock as you write them
            "listens." + role + ".tcp", "127.0.0.1:9101", // where your system listens
            "listens." + role + ".http", "127.0.0.1:9102");
    }

    // Put records into the registers (事前データ); no telegram may leave because of it.
    static List<string> Provision(Dictionary<string, string> command)
    {
        return Unsupported(); // kind, args.… → Answer("ok", "handle", …)
    }

    // Do what staff would do (操作), tell how it came out; do not wait for telegrams.
    static List<string> Trigger(Dictionary<string, string> command)
    {
        return Unsupported(); // action, args.… → Answer("ok", "handle", …)
    }

    // Tell what the registers hold (照会).
    static List<string> Observe(Dictionary<string, string> command)
    {
        return Unsupported(); // what, args.… → Answer("ok", "data.juminhyo_code", …)
    }

    static List<string> Act(Dictionary<string, string> command)
    {
        switch (command["cmd"])
        {
            case "hello": return Hello(command);
            case "provision": return Provision(command);
            case "trigger": return Trigger(command);
            case "observe": return Observe(command);
            case "stop": return Answer("ok");
            default: return Unsupported();
        }
    }

    static List<string> Answer(string status, params string[] members)
    {
        var lines = new List<string> { "status=" + status };
        for (int i = 0; i < members.Length; i += 2)
            lines.Add(members[i] + "=" + Escaped(members[i + 1]));
        return lines;
    }

    static List<string> Unsupported()
    {
        return Answer("unsupported", "scope", "adapter"); // the system may, the adapter cannot
    }

    // Return the next command, empty for what is none or too long, null at the end.
    static Dictionary<string, string> Read(TextReader input)
    {
        var command = new Dictionary<string, string>();
        int size = 0;
        for (string line = input.ReadLine(); line != null; line = input.ReadLine())
        {
            int equals = line.IndexOf('=');
            size += line.Length;
            if (line.Trim() == "")
                return command.ContainsKey("cmd") && size <= Longest
                    ? command : new Dictionary<string, string>();
            if (equals > 0)
                command[line.Substring(0, equals)] = Unescaped(line.Substring(equals + 1));
        }
        return null;
    }

    // Values have %25 for %, %0A for a line end and so on.
    static string Unescaped(string value)
    {
        return Regex.Replace(value, "%([0-9A-F]{2})",
            found => ((char)Convert.ToInt32(found.Groups[1].Value, 16)).ToString());
    }

    static string Escaped(string value)
    {
        return value.Replace("%", "%25").Replace("\n", "%0A").Replace("\r", "%0D");
    }

    public static void Main()
    {
        var utf8 = new UTF8Encoding(false); // no byte order mark
        var input = new StreamReader(Console.OpenStandardInput(), utf8);
        var output = new StreamWriter(Console.OpenStandardOutput(), utf8);
        long last = 0;
        for (var command = Read(input); command != null; command = Read(input))
        {
            long seq = 0;
            List<string> lines;
            try
            {
                seq = long.Parse(command["seq"]);
                if (seq <= last) continue; // a seq that was used: nothing is done
                lines = Act(command);
            }
            catch (Exception error)
            {
                Console.Error.WriteLine("no command, or it broke: " + error.GetType().Name);
                lines = Answer("error", "reason", error.GetType().Name);
            }
            last = Math.Max(last, seq);
            output.Write("seq=" + seq + "\n" + string.Join("\n", lines) + "\n\n");
            output.Flush();
            if (seq > 0 && command["cmd"] == "stop") return;
        }
    }
}

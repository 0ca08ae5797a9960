using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Assets.Emulator.Faults;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>Reads the flags.</summary>
internal static class CommandLine
{
    public static string Help { get; } =
        $"""
            A local Twilio Serverless service for assets.

              --port N                          port on 127.0.0.1 (default 0: a free one)
              --data DIR                        data folder (default {EmulatorOptions.DefaultDataDirectory})
              --credentials USER:PASSWORD       the only accepted credentials (default: any AC… or SK… user)
              --auth-token T                    signs requests to protected assets (default: the password, else 32 zeros)
              --until-input-closes              stop when standard input ends
              --help                            this text

            Misbehaviour, all off by default; PUT /__emulator/faults changes it while the emulator runs:

            {FaultFlags.Help}
            """;

    /// <summary>Those that are not of <see cref="FaultFlags"/>.</summary>
    public static IReadOnlyList<string> OwnFlags { get; } =
    ["--port", "--data", "--credentials", "--auth-token", "--until-input-closes", "--help"];

    /// <exception cref="UsageException">An unknown flag, or a value that it does not take.</exception>
    public static EmulatorOptions Parse(IReadOnlyList<string> args)
    {
        var options = new EmulatorOptions();
        var faults = new JsonObject();
        for (var i = 0; i < args.Count; i++)
        {
            var flag = args[i];
            options = flag switch
            {
                "--port" => options with { Port = ParsePort(Value()) },
                "--data" => options with { DataDirectory = Value() },
                "--credentials" => options with { Credentials = ParseCredentials(Value()) },
                "--auth-token" => options with { AuthToken = Value() },
                "--until-input-closes" => options with { ExitWhenInputCloses = true },
                _ => AddFault(),
            };

            string Value() => ++i < args.Count ? args[i] : throw new UsageException($"{flag} needs a value.");

            EmulatorOptions AddFault()
            {
                var known = FaultFlags.Find(flag) ?? throw new UsageException($"Unknown flag {flag}.");
                faults[known.JsonName] = known.Parse(known.TakesValue ? Value() : "true");
                return options;
            }
        }

        return options with
        {
            Faults = ParseFaults(faults),
        };
    }

    private static int ParsePort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue
            ? port
            : throw new UsageException($"--port takes a number from 0 to {ushort.MaxValue}, not '{text}'.");

    /// <summary>Never repeats what was given: it holds a password.</summary>
    private static string ParseCredentials(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) > 0
            ? text
            : throw new UsageException("--credentials takes user:password.");

    private static EmulatorFaults ParseFaults(JsonObject faults)
    {
        try
        {
            return EmulatorFaultsJson.Parse(
                JsonSerializer.SerializeToUtf8Bytes(faults, EmulatorFaultsJson.Default.JsonObject)
            );
        }
        catch (JsonException problem)
        {
            throw new UsageException(problem.Message);
        }
    }
}

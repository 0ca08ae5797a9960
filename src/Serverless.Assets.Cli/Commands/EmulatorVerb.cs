using System.CommandLine;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets emulator</c>.</summary>
internal static class EmulatorVerb
{
    public const string Name = "emulator";

    public static IReadOnlyList<string> OptionNames => EmulatorCommand.OptionNames;

    /// <summary>For the list of verbs; its options are the emulator's own.</summary>
    public static Command Create() =>
        new(Name, "Serves a local emulator of the service (its options: serverless-assets emulator --help)");

    public static Task<int> RunAsync(string[] args, CliConsole console) =>
        EmulatorCommand.RunAsync(args, console.Out, console.Error.Profile.Out.Writer, CancellationToken.None);
}

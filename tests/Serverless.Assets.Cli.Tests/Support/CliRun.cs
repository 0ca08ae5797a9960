using System.Text.Json;

namespace Serverless.Assets.Cli.Tests.Support;

/// <summary>How a run ended, and what it wrote to where.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Out);

    public IReadOnlyList<string> ErrorLines => Lines(Error);

    /// <summary>The codes of the warnings and errors, in their order.</summary>
    public IReadOnlyList<string> Codes =>
        [
            .. ErrorLines
                .SelectMany(line => line.Split(": "))
                .SelectMany(part => part.Split(' '))
                .Where(word => word.StartsWith("SAB", StringComparison.Ordinal) && word.Length == 7),
        ];

    /// <summary>Done, with nothing on standard error.</summary>
    public CliRun Silently()
    {
        Assert.Equal((0, ""), (ExitCode, Error));
        return this;
    }

    public static IReadOnlyList<string> Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

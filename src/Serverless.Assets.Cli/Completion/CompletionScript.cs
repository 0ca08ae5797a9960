namespace Serverless.Assets.Cli.Completion;

/// <summary>The scripts that teach a shell to complete the command line of this program. They ask the program itself.</summary>
internal static class CompletionScript
{
    public const string Program = "serverless-assets";

    /// <summary>Names of the shells.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "powershell"];

    /// <param name="shell">One of <see cref="Shells"/>.</param>
    /// <returns>Lines end with <c>\n</c>: a carriage return would be part of a word.</returns>
    public static string Of(string shell)
    {
        using var stream = typeof(CompletionScript).Assembly.GetManifestResourceStream($"completion.{shell}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

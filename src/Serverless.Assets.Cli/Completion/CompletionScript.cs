namespace Serverless.Assets.Cli.Completion;

/// <summary>The completion scripts of the shells. They call the program itself (<see cref="SuggestCommand"/>).</summary>
internal static class CompletionScript
{
    public const string Program = "serverless-assets";

    /// <summary>Names of the shells.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "powershell"];

    /// <param name="shell">One of <see cref="Shells"/>.</param>
    /// <returns>Lines end with <c>\n</c>: shells take a carriage return as part of a word.</returns>
    public static string Get(string shell)
    {
        using var stream = typeof(CompletionScript).Assembly.GetManifestResourceStream($"completion.{shell}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

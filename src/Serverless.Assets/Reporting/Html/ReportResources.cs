using System.Security.Cryptography;
using System.Text;

namespace Serverless.Assets.Reporting.Html;

/// <summary>The style and the script of the page, and the policy that lets nothing else run or load.</summary>
internal static class ReportResources
{
    public static string Style { get; } = Read("report.css");

    public static string Script { get; } = Read("report.js");

    public static string Policy { get; } =
        $"default-src 'none'; style-src '{HashOf(Style)}'; script-src '{HashOf(Script)}'; base-uri 'none'; form-action 'none'";

    /// <summary>With the line ends that a browser sees, of which it takes the hash.</summary>
    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(ReportResources).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string HashOf(string text) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}

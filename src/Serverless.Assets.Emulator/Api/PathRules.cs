using System.Buffers;

namespace Serverless.Assets.Emulator.Api;

/// <summary>Which paths the service takes for a version.</summary>
internal static class PathRules
{
    private static readonly SearchValues<char> Refused = SearchValues.Create(";,?:@+&$()'\"#");

    /// <summary>The path with its leading slash.</summary>
    /// <exception cref="ApiException">Too long, or a character that no path may have.</exception>
    public static string Normalize(string path)
    {
        if (!path.StartsWith('/'))
        {
            path = "/" + path;
        }

        if (path.Length > Limits.Path)
        {
            throw RequestForm.TooLong("Path", Limits.Path);
        }

        return path.AsSpan().ContainsAny(Refused) || path.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? throw ApiException.Invalid("Path contains characters that are not allowed")
            : path;
    }
}

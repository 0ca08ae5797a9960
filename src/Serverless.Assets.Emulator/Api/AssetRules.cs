using System.Buffers;
using System.Globalization;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>What the service requires of the path and the size of a version.</summary>
internal static class AssetRules
{
    private static readonly SearchValues<char> InvalidPathCharacters = SearchValues.Create(";,?:@+&$()'\"#");

    /// <summary>Adds the leading slash when it is missing, and checks the path against the service's rules.</summary>
    /// <exception cref="ApiException">The path is too long or contains invalid characters.</exception>
    public static string NormalizePath(string path)
    {
        if (!path.StartsWith('/'))
        {
            path = "/" + path;
        }

        return FindPathProblem(path) is { } problem ? throw ApiException.Invalid(problem) : path;
    }

    /// <param name="path">With its leading slash.</param>
    /// <returns>Null if the path is valid.</returns>
    public static string? FindPathProblem(string path) =>
        path.Length > ServiceLimits.MaxPathLength
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Path is longer than {ServiceLimits.MaxPathLength} characters"
            )
        : path.AsSpan().ContainsAny(InvalidPathCharacters) || path.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? "Path contains characters that are not allowed"
        : null;

    /// <exception cref="ApiException">The content is empty or too large.</exception>
    public static void CheckSize(long size, string visibility)
    {
        if (
            size > ServiceLimits.MaxPublicOrProtectedSize
            || (visibility == Visibility.Private && size > ServiceLimits.MaxPrivateSize)
        )
        {
            throw ApiException.TooLarge();
        }

        if (size == 0)
        {
            throw ApiException.Invalid("Bad Request"); // the real service does not name the file or the reason either
        }
    }
}

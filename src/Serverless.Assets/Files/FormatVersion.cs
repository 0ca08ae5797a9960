using System.Globalization;

namespace Serverless.Assets.Files;

/// <summary>The version of the format of a file that this program wrote.</summary>
internal static class FormatVersion
{
    /// <exception cref="FormatException">The file has the format of another version.</exception>
    public static int Require(int version, int expected) =>
        version == expected
            ? version
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"its version is {version}"));
}

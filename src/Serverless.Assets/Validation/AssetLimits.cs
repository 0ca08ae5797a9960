using Serverless.Assets.Client;

namespace Serverless.Assets.Validation;

/// <summary>The service's limits, as its documentation gives them.</summary>
internal static class AssetLimits
{
    /// <summary>Characters of a path.</summary>
    public const int PathLength = 255;

    /// <summary>Public and protected Asset Versions in one Build.</summary>
    public const int PublicAndProtectedAssets = 1000;

    /// <summary>Private Asset Versions in one Build.</summary>
    public const int PrivateAssets = 50;

    /// <summary>Function Versions in one Build.</summary>
    public const int Functions = 50;

    private const long Megabyte = 1024 * 1024;

    /// <summary>Bytes of one asset. The documentation says MB; read as the larger 1,024², so that nothing is refused here that would pass there.</summary>
    public static long SizeOf(Visibility visibility) => (visibility == Visibility.Private ? 10 : 25) * Megabyte;
}

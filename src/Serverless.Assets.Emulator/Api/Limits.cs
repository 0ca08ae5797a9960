namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// The service's limits. The numbers of Services, Environments and versions in a Build are from an earlier edition of
/// its documentation; the current one no longer lists them.
/// </summary>
internal static class Limits
{
    /// <summary>Services in an account.</summary>
    public const int Services = 50;

    /// <summary>Environments in a Service.</summary>
    public const int Environments = 25;

    /// <summary>Characters in the unique name of a Service.</summary>
    public const int ServiceName = 50;

    /// <summary>Characters in the unique name of an Environment.</summary>
    public const int EnvironmentName = 100;

    /// <summary>Characters in a friendly name.</summary>
    public const int FriendlyName = 255;

    /// <summary>Characters in a domain suffix.</summary>
    public const int DomainSuffix = 16;

    /// <summary>Characters in the path of a version, with the leading slash.</summary>
    public const int Path = 255;

    /// <summary>Bytes in a public or protected file.</summary>
    public const long ServedSize = 25 * 1024 * 1024;

    /// <summary>Bytes in a private file.</summary>
    public const long PrivateSize = 10 * 1024 * 1024;

    /// <summary>Public and protected Asset Versions in a Build, together.</summary>
    public const int ServedVersions = 1000;

    /// <summary>Private Asset Versions in a Build.</summary>
    public const int PrivateVersions = 50;

    /// <summary>Function Versions in a Build.</summary>
    public const int FunctionVersions = 50;

    public const int DefaultPageSize = 50;
    public const int MaxPageSize = 1000;
}

namespace Serverless.Assets.Emulator.Api;

/// <summary>Numbers of the service's documentation.</summary>
internal static class Limits
{
    public const int Services = 50;
    public const int EnvironmentsOfService = 25;

    public const int UniqueName = 50;
    public const int FriendlyName = 255;
    public const int Path = 255;
    public const int EnvironmentName = 100;
    public const int DomainSuffix = 16;

    public const int ServedVersionsOfBuild = 1000;
    public const int PrivateVersionsOfBuild = 50;
    public const int FunctionVersionsOfBuild = 50;

    public const long ServedBytes = 25 * 1024 * 1024;
    public const long PrivateBytes = 10 * 1024 * 1024;

    public const int PageSize = 50;
    public const int MostPageSize = 1000;
}

namespace Serverless.Assets.Emulator.Storage;

internal static class BuildStatus
{
    public const string Building = "building";
    public const string Completed = "completed";
    public const string Failed = "failed";
}

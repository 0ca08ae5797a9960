namespace Serverless.Assets.Emulator.Storage;

internal static class Visibility
{
    public const string Public = "public";
    public const string Protected = "protected";
    public const string Private = "private";

    public static bool IsKnown(string visibility) => visibility is Public or Protected or Private;
}

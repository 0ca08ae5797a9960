namespace Serverless.Assets.Build.Tests.Support;

/// <summary>The emulator's program, which the build puts beside the tests.</summary>
internal static class EmulatorProgram
{
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "Serverless.Assets.Emulator.dll");
}

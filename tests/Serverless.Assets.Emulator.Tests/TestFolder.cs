namespace Serverless.Assets.Emulator.Tests;

/// <summary>A data folder for several emulators, one after another.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("emulator-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The paths of all files below <c>content</c>.</summary>
    public string[] Contents() =>
        [.. Directory.EnumerateFiles(File("content"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

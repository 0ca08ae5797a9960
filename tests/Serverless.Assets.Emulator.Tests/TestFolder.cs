namespace Serverless.Assets.Emulator.Tests;

/// <summary>A data folder that outlives an emulator.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("emulator-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>All files below <c>content</c>.</summary>
    public string[] Contents() =>
        [.. Directory.EnumerateFiles(File("content"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

using Serverless.Assets.Files;

namespace Serverless.Assets.Tests.Files;

public sealed class AtomicWriteTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly PhysicalFileSystem _files = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void It_replaces_the_file_and_leaves_nothing_else()
    {
        _temp.Write("out/a.json", "old and longer");

        _files.WriteAtomically(_temp["out/a.json"], "new"u8);

        Assert.Equal("new", File.ReadAllText(_temp["out/a.json"]));
        Assert.Equal(["out/a.json"], _temp.Files());
    }

    [Fact]
    public void Temporary_files_of_a_killed_process_are_deleted_unless_in_use()
    {
        var left = _temp.Write("out/.a.json.12345-0123.tmp");
        _temp.Write("out/.a.json.12346-4567.tmp");
        var other = _temp.Write("out/.b.json.12345-0123.tmp");
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-2));
        File.SetLastWriteTimeUtc(other, DateTime.UtcNow.AddHours(-2));

        _files.WriteAtomically(_temp["out/a.json"], "new"u8);

        Assert.Equal(["out/.a.json.12346-4567.tmp", "out/.b.json.12345-0123.tmp", "out/a.json"], _temp.Files());
    }
}

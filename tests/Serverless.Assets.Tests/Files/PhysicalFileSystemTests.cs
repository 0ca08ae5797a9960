using Serverless.Assets.Files;

namespace Serverless.Assets.Tests.Files;

public sealed class PhysicalFileSystemTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly PhysicalFileSystem _files = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_folder_or_a_missing_file_has_no_stamp()
    {
        Assert.Null(_files.Stat(_temp["gone"]));
        Assert.Null(_files.Stat(_temp["gone/too"]));
        Assert.Null(_files.Stat(_temp.Folder("folder")));
    }

    [Fact]
    public void A_stamp_has_length_time_and_identity_and_stays_the_same()
    {
        var file = _temp.Write("a.txt", "abc");
        var stamp = _files.Stat(file);
        Assert.Equal((3, File.GetLastWriteTimeUtc(file)), (stamp!.Length, stamp.LastWrite));
        Assert.NotEqual("", stamp.Identity);
        Assert.Equal(stamp, _files.Stat(file));
    }

    [Fact]
    public void The_stamp_of_a_link_is_that_of_its_target()
    {
        Assert.SkipWhen(
            OperatingSystem.IsWindows(),
            "Windows lets only administrators and developers make symbolic links."
        );
        var file = _temp.Write("a.txt", "abc");
        var link = _temp.LinkToFile("link", _temp.LinkToFile("inner", file));
        Assert.Equal(_files.Stat(file), _files.Stat(link));
    }

    [Fact]
    public void A_file_may_change_while_it_is_read()
    {
        var file = _temp.Write("a.txt", "abc");
        using var stream = _files.OpenRead(file);
        File.AppendAllText(file, "d");
        File.Delete(file);
        Assert.False(File.Exists(file));
    }

    /// <summary>The second spelling is not the one by which the system knows an open file.</summary>
    [Theory]
    [InlineData("folder/a.txt")]
    [InlineData("folder/./a.txt")]
    public void A_file_is_opened_only_if_no_part_of_its_path_is_a_link(string path)
    {
        Assert.SkipWhen(
            OperatingSystem.IsWindows(),
            "Windows lets only administrators and developers make symbolic links."
        );
        _temp.Write("folder/a.txt", "abc");
        using (var stream = _files.OpenUnlinked(_temp[path]))
        {
            Assert.Equal(3, stream.Length);
        }

        Directory.Move(_temp["folder"], _temp["elsewhere"]);
        Directory.CreateSymbolicLink(_temp["folder"], _temp["elsewhere"]);
        Assert.Throws<LinkedFileException>(() => _files.OpenUnlinked(_temp[path]));

        File.Delete(_temp["elsewhere/a.txt"]);
        Assert.Throws<LinkedFileException>(() => _files.OpenUnlinked(_temp[path]));
    }

    [Fact]
    public void A_file_that_is_held_is_refused_to_others()
    {
        using var held = _files.OpenExclusive(_temp["folder/a.lock"]);
        Assert.Throws<IOException>(() => _files.OpenExclusive(_temp["folder/a.lock"]));
    }

    [Fact]
    public void An_atomic_write_creates_the_folder_and_replaces_existing_content()
    {
        _files.WriteAtomically(_temp["out/a.json"], "one"u8);
        _files.WriteAtomically(_temp["out/a.json"], "2"u8);
        Assert.Equal("2", File.ReadAllText(_temp["out/a.json"]));
        Assert.Equal(["out/a.json"], _temp.Files());
    }

    [Fact]
    public void An_atomic_write_that_fails_leaves_no_trace()
    {
        _temp.Folder("out/a.json/in-the-way");
        Assert.ThrowsAny<SystemException>(() => _files.WriteAtomically(_temp["out/a.json"], "one"u8));
        Assert.Empty(_temp.Files());
    }
}

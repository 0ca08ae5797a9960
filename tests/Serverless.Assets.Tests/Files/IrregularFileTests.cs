using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.State;

namespace Serverless.Assets.Tests.Files;

/// <summary>Pipes, sockets, devices and folders where a file is expected: none is opened, replaced or deleted.</summary>
public sealed class IrregularFileTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly PhysicalFileSystem _files = new();

    public static TheoryData<string> Kinds => ["pipe", "socket", "folder", "device", "link to pipe", "link to device"];

    public void Dispose() => _temp.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_but_a_file_is_opened(string kind)
    {
        var path = Create(kind);

        Assert.True(_files.Exists(path));
        foreach (
            Action open in (Action[])
                [
                    () => _files.OpenRead(path),
                    () => _files.OpenUnlinked(path),
                    () => _files.OpenExclusive(path),
                    () => RegularFile.ReadAllBytes(path),
                    () => AssetContent.FromFile(path),
                ]
        )
        {
            var failure = Assert.ThrowsAny<IOException>(open);
            Assert.True(failure is LinkedFileException || IsNamed(failure, kind), failure.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_but_a_file_is_replaced_or_moved(string kind)
    {
        var path = Create(kind);
        var before = FileStatus.GetKind(path);
        var other = _temp.Write("other.txt", "other");

        Assert.True(IsNamed(Assert.ThrowsAny<IOException>(() => _files.WriteAtomically(path, "new"u8)), kind));
        Assert.True(IsNamed(Assert.ThrowsAny<IOException>(() => _files.Move(other, path)), kind));
        Assert.True(IsNamed(Assert.ThrowsAny<IOException>(() => _files.Move(path, _temp["moved"])), kind));

        Assert.Equal(before, FileStatus.GetKind(path));
        Assert.Equal("other", File.ReadAllText(other));
        Assert.DoesNotContain(_temp.Files(), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pipe_that_looks_like_an_abandoned_temporary_file_stays()
    {
        var pipe = _temp.NamedPipe("out/.a.json.12345-0123.tmp");
        File.SetLastWriteTimeUtc(pipe, DateTime.UtcNow.AddHours(-2));

        _files.WriteAtomically(_temp["out/a.json"], "new"u8);

        Assert.Equal(FileKind.NamedPipe, FileStatus.GetKind(pipe));
    }

    [Fact]
    public void A_write_through_a_link_replaces_its_target()
    {
        SkipOnWindows();
        var target = _temp.Write("real/a.json", "old");
        var link = _temp.LinkToFile("out/a.json", _temp.LinkToFile("out/inner.json", "../real/a.json"));

        _files.WriteAtomically(link, "new"u8);

        Assert.Equal("new", File.ReadAllText(target));
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal(["out/a.json", "out/inner.json", "real/a.json"], _temp.Files());
    }

    [Fact]
    public void A_write_through_a_link_to_nothing_creates_its_target()
    {
        SkipOnWindows();
        var link = _temp.LinkToFile("out/a.json", "../real/a.json");

        _files.WriteAtomically(link, "new"u8);

        Assert.Equal("new", File.ReadAllText(_temp["real/a.json"]));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void A_move_of_a_link_moves_its_target_and_the_next_write_goes_through_the_link()
    {
        SkipOnWindows();
        var target = _temp.Write("real/a.json", "old");
        var link = _temp.LinkToFile("out/a.json", "../real/a.json");

        _files.Move(link, _temp["out/a.json.previous"]);
        Assert.False(_files.Exists(link));
        _files.WriteAtomically(link, "new"u8);

        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal("old", File.ReadAllText(_temp["out/a.json.previous"]));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void A_link_that_leads_to_itself_is_reported()
    {
        SkipOnWindows();
        var link = _temp.LinkToFile("a.json", "b.json");
        _temp.LinkToFile("b.json", "a.json");

        Assert.Contains(
            "leads to itself",
            Assert.Throws<IOException>(() => _files.WriteAtomically(link, "x"u8)).Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>It may be a log to which a shell writes the standard output.</summary>
    [Fact]
    public void A_file_that_a_process_has_open_is_not_replaced()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have no links to open files.");
        using var open = new FileStream(_temp.Write("log.txt", "log"), FileMode.Open, FileAccess.ReadWrite);
        var path = $"/proc/self/fd/{open.SafeFileHandle.DangerousGetHandle()}";

        var failure = Assert.Throws<NotRegularFileException>(() => _files.WriteAtomically(path, "new"u8));

        Assert.Equal("it is an open file of a process, not a regular file", failure.Message);
        Assert.Equal(["log.txt"], _temp.Files());
    }

    [Fact]
    public void A_file_without_an_end_is_not_read_into_memory()
    {
        var file = _temp.WriteSparse("huge.json", RegularFile.MaxSmallFile + 1L);
        Assert.Equal(
            "it is larger than 4 MB",
            Assert.Throws<IOException>(() => RegularFile.ReadAllBytes(file)).Message
        );
        Assert.Equal(
            RegularFile.MaxSmallFile,
            RegularFile.ReadAllBytes(_temp.WriteSparse("full.json", RegularFile.MaxSmallFile)).Length
        );
    }

    [Fact]
    public void A_file_that_another_program_holds_is_refused()
    {
        using var held = _files.OpenExclusive(_temp["a.txt"]);
        Assert.Throws<IOException>(() => _files.OpenRead(_temp["a.txt"]));
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("socket")]
    [InlineData("folder")]
    [InlineData("link to pipe")]
    [InlineData("link to device")]
    public void A_record_that_cannot_be_written_is_named(string kind)
    {
        var path = Create(kind);
        var manifest = Path.Combine(Path.GetDirectoryName(path)!, "m.json");
        var record = RecordFiles.Build(manifest, _files).Path;
        if (kind == "folder")
        {
            Directory.Move(path, record);
        }
        else
        {
            File.Move(path, record);
        }

        Assert.Null(RecordFiles.Build(manifest, _files).Read());
        var failure = Assert.Throws<AssetException>(() =>
            RecordFiles
                .Build(manifest, _files)
                .Write(
                    new BuildRecord
                    {
                        Version = 1,
                        ServiceSid = TestSid.From("ZS0"),
                        BuildSid = TestSid.From("ZB0"),
                        Environment = "dev",
                        LiveBuildSid = null,
                    }
                )
        );
        DiagnosticAssert.SingleError(failure.Diagnostics, "SAB5012", record, record, "not a regular file");
    }

    [Theory]
    [InlineData("uploads.journal")]
    [InlineData("uploads.journal.lock")]
    public void An_upload_state_that_is_a_pipe_is_not_used(string name)
    {
        var pipe = _temp.NamedPipe($"state/{name}");
        var logger = new RecordingLogger();

        using (UploadState.Open(_temp["state"], _temp.Path, _files, logger, TimeProvider.System)) { }

        DiagnosticAssert.SingleWarning(
            [.. logger.Warnings],
            "SAB5001",
            _temp["state/uploads.journal"],
            "it is a named pipe, not a regular file"
        );
        Assert.Equal(FileKind.NamedPipe, FileStatus.GetKind(pipe));
    }

    private string Create(string kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && kind != "folder", "Windows has no such files in folders.");
        return kind switch
        {
            "pipe" => _temp.NamedPipe("out/a.json"),
            "socket" => _temp.Socket("out/a.json"),
            "folder" => _temp.Folder("out/a.json"),
            "device" => "/dev/zero",
            "link to pipe" => _temp.LinkToFile("out/a.json", _temp.NamedPipe("pipe")),
            _ => _temp.LinkToFile("out/a.json", "/dev/zero"),
        };
    }

    private static bool IsNamed(IOException failure, string kind) =>
        failure is NotRegularFileException && failure.Message.Contains(kind.Split(' ')[^1], StringComparison.Ordinal);

    private static void SkipOnWindows() =>
        Assert.SkipWhen(
            OperatingSystem.IsWindows(),
            "Windows lets only administrators and developers make symbolic links."
        );
}

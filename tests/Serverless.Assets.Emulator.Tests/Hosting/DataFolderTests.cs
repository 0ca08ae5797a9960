using System.Runtime.Versioning;
using Serverless.Assets.Emulator.Hosting;

namespace Serverless.Assets.Emulator.Tests.Hosting;

/// <summary>The messages about a data folder that can't be used.</summary>
public sealed class DataFolderTests
{
    public static TheoryData<int, string> SystemErrors =>
        OperatingSystem.IsWindows()
            ? new()
            {
                { unchecked((int)0x80070070), "the disk is full, or your quota of it. Free some space" },
                { unchecked((int)0x80070013), "the file system is read-only. Choose a data folder" },
            }
            : new()
            {
                { 28, "the disk is full, or your quota of it. Free some space" },
                { 30, "the file system is read-only. Choose a data folder" },
                { 5, "details. Correct this, or choose another data folder." },
            };

    [Theory]
    [InlineData("file", "file", "'{0}' is a file. Move it, or choose another data folder.")]
    [InlineData("file/below/it", "file", "'{0}' is a file. Move it, or choose another data folder.")]
    [InlineData("a", "a/content", "'{0}' is a file. Move it, or choose another data folder.")]
    [InlineData("b", "b/emulator.lock/x", "'{1}' is a folder. Move it, or choose another data folder.")]
    [InlineData("c", "c/emulator.json/x", "'{1}' is a folder. Move it, or choose another data folder.")]
    [InlineData("d", "d/emulator.db/x", "'{1}' is a folder. Move it, or choose another data folder.")]
    public async Task What_is_in_the_way_is_named(string data, string existing, string reason)
    {
        using var folder = new TempFolder();
        var file = folder.Write(existing);

        var problem = await StartAsync(folder[data]);

        var expected = string.Format(null, reason, file, Path.GetDirectoryName(file));
        Assert.Equal(
            (1, $"The data folder {folder[data]} can't be used: {expected}"),
            (problem.Code, problem.Error.TrimEnd())
        );
        File.Delete(file);
        if (file.EndsWith("/x", StringComparison.Ordinal))
        {
            Directory.Delete(Path.GetDirectoryName(file)!);
        }

        await using var emulator = await TestEmulator.StartAsync(folder: folder[data]);
    }

    [Theory]
    [InlineData("emulator.lock")]
    [InlineData("emulator.db")]
    [InlineData("emulator.db-wal")]
    [InlineData("emulator.json.new")]
    [UnsupportedOSPlatform("windows")]
    public async Task A_pipe_or_a_link_in_place_of_a_file_is_named_and_nothing_waits_for_it(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders, and links need permissions.");
        using var folder = new TempFolder();
        var pipe = folder.NamedPipe($"a/{name}");
        var other = folder.Write("other");
        File.SetUnixFileMode(other, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var before = File.GetUnixFileMode(other);
        var link = folder.LinkToFile($"b/{name}", other);

        var afterPipe = await StartAsync(folder["a"]);
        var afterLink = await StartAsync(folder["b"]);

        Assert.Equal((1, 1), (afterPipe.Code, afterLink.Code));
        Assert.Contains($"can't be used: '{pipe}' is a pipe. ", afterPipe.Error, StringComparison.Ordinal);
        Assert.Contains($"can't be used: '{link}' is a symbolic link. ", afterLink.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.GetUnixFileMode(other));
    }

    [Fact]
    public async Task A_pipe_in_place_of_the_address_of_an_emulator_is_replaced()
    {
        using var folder = new TempFolder();
        folder.NamedPipe("emulator.json");

        await using var emulator = await TestEmulator.StartAsync(folder: folder.Path);

        Assert.NotEqual(0, new FileInfo(folder["emulator.json"]).Length);
    }

    [Theory]
    [MemberData(nameof(SystemErrors))]
    public void The_reason_and_the_remedy_are_named(int code, string expected)
    {
        using var folder = new TempFolder();

        var problem = DataFolderException.ForFile(
            folder.Path,
            folder["emulator.db"],
            new IOException("details.", code)
        );

        Assert.StartsWith(
            $"The data folder {folder.Path} can't be used: {expected}",
            problem.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("in use", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_permissions_are_named()
    {
        using var folder = new TempFolder();

        var problem = DataFolderException.ForFolder(folder.Path, folder.Path, new UnauthorizedAccessException());

        Assert.Equal(
            $"The data folder {folder.Path} can't be used: access to '{folder.Path}' is denied. "
                + "Correct the permissions or the owner, or choose another data folder.",
            problem.Message
        );
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public async Task Only_another_emulator_means_in_use(bool isShared, int code)
    {
        await using var first = await TestEmulator.StartAsync();
        var folder = first.Options.DataDirectory;

        var problem = await StartAsync(folder, isShared ? ["--until-unused"] : []);

        Assert.Equal(
            (code, $"The data folder {folder} is in use by an emulator at {first.Url}."),
            (problem.Code, problem.Error.TrimEnd())
        );
    }

    /// <summary>Starts the program, because a test host would ignore the signal to leave its session.</summary>
    private static async Task<(int Code, string Error)> StartAsync(string data, params string[] options)
    {
        using var process = ChildProcess.Start(
            DotNet.Host,
            [typeof(ServerlessEmulator).Assembly.Location, "--data", data, .. options],
            Path.GetTempPath()
        );
        var result = await process.EndAsync();
        return (result.ExitCode, result.Error);
    }
}

using System.Runtime.Versioning;

namespace Serverless.Assets.Emulator.Tests.Hosting;

/// <summary>Other users of the machine cannot read the data.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DataPermissionsTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;
    private const UnixFileMode Everyone = (UnixFileMode)0b111_111_111;

    [Fact]
    public async Task Only_the_owner_can_read_the_data()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        using var folder = new TempFolder();

        await using var emulator = await TestEmulator.StartAsync(folder: folder["new"]);
        await emulator.Api.CreateServiceAsync();
        await emulator.Api.AddAsync("shop", "/a", "private", "private");

        AssertPrivate(folder["new"]);
    }

    [Fact]
    public async Task The_permissions_of_existing_data_are_restricted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        using var folder = new TempFolder();
        await using (var first = await TestEmulator.StartAsync(folder: folder["old"]))
        {
            await first.Api.CreateServiceAsync();
        }

        foreach (var item in Directory.EnumerateFileSystemEntries(folder["old"]).Append(folder["old"]))
        {
            File.SetUnixFileMode(item, Everyone);
        }

        await using var second = await TestEmulator.StartAsync(folder: folder["old"]);

        AssertPrivate(folder["old"]);
    }

    [Fact]
    public async Task An_empty_folder_becomes_private()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        using var folder = new TempFolder();
        File.SetUnixFileMode(folder.Folder("empty"), Everyone);

        await using var emulator = await TestEmulator.StartAsync(folder: folder["empty"]);

        AssertPrivate(folder["empty"]);
    }

    [Fact]
    public async Task A_folder_with_files_of_others_stays_open_but_not_the_data_in_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        using var folder = new TempFolder();
        folder.Write("project/Site.csproj");
        File.SetUnixFileMode(folder["project"], Everyone);

        await using var emulator = await TestEmulator.StartAsync(folder: folder["project"]);

        Assert.Equal(Everyone, File.GetUnixFileMode(folder["project"]));
        foreach (var item in Directory.EnumerateFileSystemEntries(folder["project"]))
        {
            if (Path.GetFileName(item) != "Site.csproj")
            {
                AssertPrivate(item);
            }
        }
    }

    private static void AssertPrivate(string path)
    {
        var isFolder = Directory.Exists(path);
        Assert.True(
            File.GetUnixFileMode(path) == (isFolder ? OwnerOnlyFolder : OwnerOnly),
            $"{path} has {File.GetUnixFileMode(path)}."
        );
        foreach (var item in isFolder ? Directory.EnumerateFileSystemEntries(path) : [])
        {
            AssertPrivate(item);
        }
    }
}

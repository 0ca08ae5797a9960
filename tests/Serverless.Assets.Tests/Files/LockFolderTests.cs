using System.Runtime.Versioning;
using Serverless.Assets.Client;
using Serverless.Assets.Files;

namespace Serverless.Assets.Tests.Files;

[UnsupportedOSPlatform("windows")]
public sealed class LockFolderTests : IDisposable
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TempFolder _temp = new();

    public LockFolderTests() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The folder of a Windows user is that user's.");

    private string Preferred => _temp["data/serverless-assets/locks"];

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void It_is_created_for_its_owner_only()
    {
        Assert.Equal(new LockFolderResult(Preferred), LockFolder.Prepare(Preferred));
        Assert.Equal(OnlyOwner, File.GetUnixFileMode(Preferred));
        Assert.Equal(OnlyOwner, File.GetUnixFileMode(_temp["data/serverless-assets"]));
        Assert.Equal(new LockFolderResult(Preferred), LockFolder.Prepare(Preferred));
    }

    [Theory]
    [InlineData("data/serverless-assets/locks", UnixFileMode.OtherWrite)]
    [InlineData("data/serverless-assets/locks", UnixFileMode.GroupWrite)]
    [InlineData("data/serverless-assets", UnixFileMode.OtherWrite)]
    public void One_that_others_can_write_to_is_not_used(string folder, UnixFileMode mode)
    {
        _temp.Folder("data/serverless-assets/locks");
        File.SetUnixFileMode(_temp[folder], OnlyOwner | mode);

        AssertSubstituted();
    }

    [Theory]
    [InlineData("data/serverless-assets/locks")]
    [InlineData("data/serverless-assets")]
    public void A_link_in_its_place_is_not_followed(string link)
    {
        _temp.LinkToFolder(link, _temp.Folder("elsewhere"));

        AssertSubstituted();
        Assert.Empty(Directory.GetFileSystemEntries(_temp["elsewhere"]));
    }

    [Theory]
    [InlineData("data/serverless-assets/locks")]
    [InlineData("data/serverless-assets")]
    [InlineData("data")]
    public void Nothing_is_created_in_a_folder_of_another_user(string folder)
    {
        Assert.SkipUnless(FileStatus.CurrentUser == 0, "Only root can give a folder to another user.");
        _temp.Folder(folder);
        using var chown = System.Diagnostics.Process.Start("chown", ["65534", _temp[folder]]);
        Assert.True(chown.WaitForExit(Deadline.Default), "chown did not end.");
        Assert.Equal(0, chown.ExitCode);
        var before = Directory.GetFileSystemEntries(_temp.Path, "*", SearchOption.AllDirectories);

        AssertSubstituted();

        Assert.Equal(before, Directory.GetFileSystemEntries(_temp.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_file_in_its_place_has_a_substitute()
    {
        _temp.Write("data/serverless-assets");

        AssertSubstituted();
    }

    private void AssertSubstituted()
    {
        var folder = LockFolder.Prepare(Preferred).Folder;
        Assert.Equal(Path.Combine(Path.GetTempPath(), $"serverless-assets-{FileStatus.CurrentUser}"), folder);
        Assert.Equal(OnlyOwner, File.GetUnixFileMode(folder!));
    }
}

using Microsoft.Data.Sqlite;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Tests.Hosting;

/// <summary>A data folder can arrive with a repository. It does not decide which files of the machine are read.</summary>
public sealed class UntrustedDataTests
{
    private static readonly string Sha256 = new('a', 64);

    [Theory]
    [InlineData("sha256 = '/etc/passwd'", "versions", "sha256")]
    [InlineData("sha256 = '../../victim.txt'", "versions", "sha256")]
    [InlineData("sha256 = ''", "versions", "sha256")]
    [InlineData("sha256 = upper(sha256)", "versions", "sha256")]
    [InlineData("sha256 = sha256 || '/../x'", "build_entries", "sha256")]
    [InlineData("size = -1", "versions", "size")]
    [InlineData("size = 'x'", "build_entries", "size")]
    [InlineData("visibility = 'PRIVATE'", "build_entries", "visibility")]
    [InlineData("kind = 7", "versions", "kind")]
    [InlineData("kind = -9223372036854775808", "resources", "kind")]
    [InlineData("created = 9223372036854775807", "versions", "created")]
    [InlineData("created = -9223372036854775808", "services", "created")]
    [InlineData("updated = 253402300800000", "resources", "updated")]
    [InlineData("updated = -62135596800001", "environments", "updated")]
    [InlineData("created = 1.5", "deployments", "created")]
    [InlineData("visible = 9223372036854775807", "deployments", "visible")]
    [InlineData("ready = 9223372036854775807", "builds", "ready")]
    [InlineData("key = x'00'", "variables", "key")]
    [InlineData("value = x'00'", "variables", "value")]
    [InlineData("created = 9223372036854775807", "variables", "created")]
    [InlineData("updated = 1.5", "variables", "updated")]
    [InlineData("dependencies = '{'", "builds", "dependencies")]
    [InlineData("dependencies = '{}'", "builds", "dependencies")]
    [InlineData("dependencies = 'null'", "builds", "dependencies")]
    [InlineData("dependencies = '[null]'", "builds", "dependencies")]
    [InlineData("dependencies = '[{\"name\":1}]'", "builds", "dependencies")]
    public async Task A_value_that_the_emulator_does_not_write_is_damage(string assignment, string table, string column)
    {
        using var folder = new TempFolder();
        await using (var emulator = await TestEmulator.StartAsync(folder: folder.Path))
        {
            await DeployAsync(emulator);
        }

        Run(folder, $"UPDATE {table} SET {assignment}");

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() =>
            TestEmulator.StartAsync(folder: folder.Path)
        );
        Assert.StartsWith(
            $"The database {folder["emulator.db"]} is damaged or not one of the emulator: '{column}' of a row in "
                + $"'{table}' is not valid. Delete the data folder",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("missing", "does not exist")]
    [InlineData("link", "is a symbolic link")]
    [InlineData("folder link", "is a symbolic link")]
    [InlineData("pipe", "is a pipe")]
    [InlineData("folder", "is a folder")]
    public async Task Content_that_is_not_a_file_is_named_and_can_be_uploaded_again(string kind, string problem)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders, and links need permissions.");
        using var folder = new TempFolder();
        var victim = folder.Write("victim.txt", "secret");
        await using var emulator = await TestEmulator.StartAsync(folder: folder["data"]);
        var (domain, service, asset) = await DeployAsync(emulator);
        var file = folder[$"data/content/{Assert.Single(folder.Files("data/content"))}"];
        Replace(folder, file, kind, victim);

        var site = await emulator.Api.SiteAsync(domain, "/a.txt").WithinAsync("the site", Deadline.Default);
        var text = site.Json.Text("message")!;

        Assert.Equal(500, (int)site.Status);
        Assert.Contains("The content of 'ba7816bf", text, StringComparison.Ordinal);
        Assert.Contains(problem, text, StringComparison.Ordinal);
        Assert.Contains("upload it again", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        if (kind is "missing" or "link" or "pipe")
        {
            (await emulator.Api.UploadAsync(service, asset, "/a.txt", "public", "abc"u8.ToArray())).Created();
            Assert.Equal("abc"u8.ToArray(), (await emulator.Api.SiteAsync(domain, "/a.txt")).Body);
        }
        else
        {
            var refused = await emulator.Api.UploadAsync(service, asset, "/a.txt", "public", "abc"u8.ToArray());
            Assert.Contains(problem, refused.Json.Text("message"), StringComparison.Ordinal);
        }

        Assert.Equal("secret", await File.ReadAllTextAsync(victim, TestEmulator.Token));
    }

    [Theory]
    [InlineData("content")]
    [InlineData("content/incoming")]
    public async Task A_folder_that_is_a_link_is_not_used(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need permissions on Windows.");
        using var folder = new TempFolder();
        folder.Write("other/0123456789abcdef0123456789abcdef");
        folder.LinkToFolder($"data/{name}", folder["other"]);

        var failure = await Assert.ThrowsAnyAsync<IOException>(() => TestEmulator.StartAsync(folder: folder["data"]));

        Assert.Contains($"'{folder[$"data/{name}"]}' is a symbolic link", failure.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["other/0123456789abcdef0123456789abcdef"]));
    }

    [Fact]
    public async Task The_start_deletes_nothing_behind_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need permissions on Windows.");
        using var folder = new TempFolder();
        folder.Write("other/aa11");
        folder.LinkToFolder("data/content/aa", folder["other"]);

        await using var emulator = await TestEmulator.StartAsync(folder: folder["data"]);

        Assert.True(File.Exists(folder["other/aa11"]));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../victim.txt")]
    [InlineData("")]
    [InlineData("AAAA")]
    public void Only_a_hash_is_the_name_of_content(string name)
    {
        using var folder = new TempFolder();
        folder.Write("victim.txt", "secret");
        var store = new FolderContentStore(folder["data/content"]);

        Assert.Throws<StoredContentException>(() => store.OpenRead(name));
        Assert.Throws<StoredContentException>(() => store.OpenRead(Sha256));
    }

    private static void Replace(TempFolder folder, string file, string kind, string victim)
    {
        File.Delete(file);
        var name = Path.GetRelativePath(folder.Path, file);
        switch (kind)
        {
            case "link":
                File.CreateSymbolicLink(file, victim);
                break;
            case "folder link":
                var parent = Path.GetDirectoryName(file)!;
                folder.Write($"other/{Path.GetFileName(file)}", "secret");
                Directory.Delete(parent);
                Directory.CreateSymbolicLink(parent, folder["other"]);
                break;
            case "pipe":
                folder.NamedPipe(name);
                break;
            case "folder":
                folder.Folder(name);
                break;
        }
    }

    private static async Task<(string Domain, string Service, string Asset)> DeployAsync(TestEmulator emulator)
    {
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);
        var version = (await emulator.Api.UploadAsync(service, asset, "/a.txt", "public", "abc"u8.ToArray()))
            .Created()
            .Sid();
        var build = (await emulator.Api.BuildAsync(service, version)).Created().Sid();
        var environment = await emulator.Api.CreateEnvironmentAsync(service);
        (await emulator.Api.DeployAsync(service, environment.Sid(), build)).Created();
        await emulator.Api.CreateVariableAsync(service, environment.Sid(), "COLOR", "red");
        return (environment.Text("domain_name")!, service, asset);
    }

    private static void Run(TempFolder folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder["emulator.db"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The SQL consists of constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }
}

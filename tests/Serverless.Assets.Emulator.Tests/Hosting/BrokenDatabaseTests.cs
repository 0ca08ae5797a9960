using Microsoft.Data.Sqlite;

namespace Serverless.Assets.Emulator.Tests.Hosting;

/// <summary>With a damaged database, the program prints one line and ends with exit code 1 instead of crashing.</summary>
public sealed class BrokenDatabaseTests
{
    private const string Damaged = "is damaged or not one of the emulator: ";
    private const string Foreign = "was not created by the emulator. Move it, or choose another data folder.";

    [Theory]
    [InlineData("garbage")]
    [InlineData("SQLite format 3")]
    public async Task A_database_that_is_none_is_damaged(string content)
    {
        using var folder = new TempFolder();
        folder.Write("emulator.db", string.Concat(Enumerable.Repeat(content, 1000)));

        await AssertRefusedAsync(folder, Damaged);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.75)]
    public async Task A_truncated_database_is_damaged(double part)
    {
        using var folder = await CreateAsync();
        var bytes = File.ReadAllBytes(folder["emulator.db"]);
        File.WriteAllBytes(folder["emulator.db"], bytes[..(int)(bytes.Length * part)]);

        await AssertRefusedAsync(folder, Damaged);
    }

    [Fact]
    public async Task A_database_with_garbage_in_the_middle_is_damaged()
    {
        using var folder = await CreateAsync();
        var bytes = File.ReadAllBytes(folder["emulator.db"]);
        new Random(1).NextBytes(bytes.AsSpan(4096, bytes.Length - 8192));
        File.WriteAllBytes(folder["emulator.db"], bytes);

        await AssertRefusedAsync(folder, Damaged);
    }

    [Theory]
    [InlineData("CREATE TABLE notes (text TEXT)")]
    [InlineData("CREATE TABLE services (id INTEGER)")]
    [InlineData("CREATE TABLE services (id INTEGER); PRAGMA user_version = 1")]
    [InlineData("CREATE TABLE notes (text TEXT); PRAGMA user_version = -1")]
    [InlineData("PRAGMA user_version = 1")]
    public async Task The_database_of_another_program_is_left_alone(string sql)
    {
        using var folder = new TempFolder();
        Run(folder, sql);
        var before = Query(folder);

        await AssertRefusedAsync(folder, Foreign);

        Assert.Equal(before, Query(folder));
    }

    [Fact]
    public async Task A_database_that_another_program_has_locked_is_named()
    {
        using var folder = await CreateAsync();
        using var other = Open(folder);
        using (var command = other.CreateCommand())
        {
            command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE";
            command.ExecuteNonQuery();
        }

        await AssertRefusedAsync(folder, "is locked by another program. Close that program, or choose another");
    }

    [Fact]
    public async Task A_database_of_a_newer_emulator_is_named()
    {
        using var folder = await CreateAsync();
        Run(folder, "PRAGMA user_version = 99");

        await AssertRefusedAsync(folder, "its schema is 99, and this version supports up to 4.", isFileNamed: false);
    }

    [Fact]
    public async Task An_empty_file_is_a_new_database()
    {
        using var folder = new TempFolder();
        folder.Write("emulator.db", "");

        await using var emulator = await TestEmulator.StartAsync(folder: folder.Path);

        await emulator.Api.CreateServiceAsync();
    }

    private static async Task<TempFolder> CreateAsync()
    {
        var folder = new TempFolder();
        await using var emulator = await TestEmulator.StartAsync(folder: folder.Path);
        await emulator.Api.CreateServiceAsync();
        foreach (var i in Enumerable.Range(0, 20))
        {
            await emulator.Api.CreateAssetAsync("shop", $"/{i}");
        }

        return folder;
    }

    private static async Task AssertRefusedAsync(TempFolder folder, string message, bool isFileNamed = true)
    {
        using var process = ChildProcess.Start(
            DotNet.Host,
            [typeof(ServerlessEmulator).Assembly.Location, "--data", folder.Path],
            folder.Path
        );

        var result = await process.EndAsync();

        var line = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.Contains(message, line, StringComparison.Ordinal);
        Assert.Equal(isFileNamed, line.Contains(folder["emulator.db"], StringComparison.Ordinal));
        Assert.False(File.Exists(folder["emulator.json"]));
    }

    private static SqliteConnection Open(TempFolder folder)
    {
        var connection = new SqliteConnection($"Data Source={folder["emulator.db"]};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Run(TempFolder folder, string sql)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The SQL consists of constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static string Query(TempFolder folder)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(group_concat(sql), '') FROM sqlite_schema";
        return (string)command.ExecuteScalar()!;
    }
}

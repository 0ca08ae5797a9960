using System.Security.Cryptography;
using System.Text;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.State;

namespace Serverless.Assets.Tests.State;

public sealed class JournalTests : StateTest
{
    [Fact]
    public void A_journal_torn_at_any_byte_loses_the_torn_line_only_and_goes_on_without_a_warning()
    {
        Use(state =>
        {
            state.RecordUpload(Upload(0));
            state.RecordUpload(Upload(1));
        });
        var whole = File.ReadAllBytes(JournalPath);

        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(JournalPath, whole[..length]);
            var lines = whole.AsSpan(0, length).Count((byte)'\n');
            var kept = Enumerable.Range(0, Math.Max(0, lines - 1));
            Use(state =>
            {
                Assert.Equal(kept, Remembered(state, 4));
                state.RecordUpload(Upload(2));
            });
            Use(state => Assert.Equal([.. kept, 2], Remembered(state, 4)));
            Assert.Empty(Logger.Warnings);
        }
    }

    [Fact]
    public void A_damaged_line_is_ignored_with_one_warning()
    {
        Use(state => Enumerable.Range(0, 4).ToList().ForEach(number => state.RecordUpload(Upload(number))));
        var lines = File.ReadAllLines(JournalPath);
        lines[2] = lines[2].Replace("/1.txt", "/7.txt", StringComparison.Ordinal);
        lines[3] = lines[3][..20];
        File.WriteAllText(JournalPath, string.Join('\n', lines) + "\n");

        Use(state => Assert.Equal([0, 3], Remembered(state, 8)));
        DiagnosticAssert.SingleWarning(
            Logger.Warnings,
            "SAB5002",
            JournalPath,
            $"'{JournalPath}'",
            "damaged lines (2)",
            "check the disk"
        );

        Use(state => Assert.Equal([0, 3], Remembered(state, 8)));
        Assert.Single(Logger.Warnings);
        Assert.Equal([lines[0], lines[1], lines[4]], File.ReadAllLines(JournalPath));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("garbage\nin several\nlines\n")]
    [InlineData("\n")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    [InlineData("{\"version\":1}\n")]
    public void A_file_that_is_not_a_journal_is_replaced_with_a_warning(string content)
    {
        Temp.Write("state/uploads.journal", content);
        Use(state =>
        {
            Assert.Empty(Remembered(state, 4));
            state.RecordUpload(Upload(1));
        });
        DiagnosticAssert.SingleWarning(
            Logger.Warnings,
            "SAB5001",
            JournalPath,
            $"'{JournalPath}'",
            "uploads every file",
            "If the warning persists, delete the file"
        );
        Use(state => Assert.Equal([1], Remembered(state, 4)));
        Assert.Single(Logger.Warnings);
    }

    [Fact]
    public void A_journal_of_another_version_is_a_warning_and_a_fresh_start()
    {
        Use(state => state.RecordUpload(Upload(1)));
        var lines = File.ReadAllLines(JournalPath);
        lines[0] = Encoding.UTF8.GetString(JournalLine.Write(new JournalEntry { Version = 2 })).TrimEnd('\n');
        File.WriteAllText(JournalPath, string.Join('\n', lines) + "\n");
        Use(state => Assert.Empty(Remembered(state, 4)));
        DiagnosticAssert.SingleWarning(Logger.Warnings, "SAB5001", JournalPath, "not an upload state of this version");
    }

    [Fact]
    public void A_line_is_a_check_a_blank_and_JSON()
    {
        Use(state => state.RecordUpload(Upload(1)));
        var lines = File.ReadAllLines(JournalPath);
        Assert.Equal(2, lines.Length);
        Assert.Matches("^[0-9a-f]{8} \\{\"version\":1\\}\\z", lines[0]);
        Assert.Matches("^[0-9a-f]{8} \\{\"upload\":\\{\"key\":\\{\"accountSid\":\"AC0{31}1\"", lines[1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345678")]
    [InlineData("12345678 ")]
    [InlineData("00000000 {\"version\":1}")]
    public void An_incomplete_line_is_not_a_journal_line(string line) =>
        Assert.Null(JournalLine.Read(Encoding.UTF8.GetBytes(line)));

    /// <summary>Each has a correct checksum.</summary>
    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"upload":null}""")]
    [InlineData("""{"hash":null}""")]
    [InlineData("""{"forget":null}""")]
    [InlineData("""{"forget":5}""")]
    [InlineData("""{"forget":"ZB00000000000000000000000000000000"}""")]
    [InlineData("""{"version":null}""")]
    [InlineData("""{"version":1,"forget":"ZN00000000000000000000000000000000"}""")]
    [InlineData(
        """{"upload":{"key":null,"assetSid":"ZH00000000000000000000000000000000","assetVersionSid":"ZN00000000000000000000000000000000","knownAt":"2026-01-01T00:00:00+00:00"}}"""
    )]
    [InlineData(
        """{"upload":{"key":{"accountSid":"AC00000000000000000000000000000001","serviceSid":"ZS00000000000000000000000000000001","path":null,"visibility":"Public","contentType":"text/plain","sha256":"0"},"assetSid":"ZH00000000000000000000000000000000","assetVersionSid":"ZN00000000000000000000000000000000","knownAt":"2026-01-01T00:00:00+00:00"}}"""
    )]
    [InlineData(
        """{"hash":{"file":null,"stamp":{"length":1,"lastWrite":"2026-01-01T00:00:00","identity":"1"},"hash":{"sha256":"0","sha384":"0","length":1}}}"""
    )]
    [InlineData("""{"hash":{"file":"a","stamp":null,"hash":{"sha256":"0","sha384":"0","length":1}}}""")]
    [InlineData(
        """{"hash":{"file":"a","stamp":{"length":null,"lastWrite":"2026-01-01T00:00:00","identity":"1"},"hash":{"sha256":"0","sha384":"0","length":1}}}"""
    )]
    [InlineData(
        """{"hash":{"file":"a","stamp":{"length":1,"lastWrite":"2026-01-01T00:00:00","identity":"1"},"hash":{"sha256":null,"sha384":"0","length":1}}}"""
    )]
    public void A_line_with_null_for_a_value_is_damaged(string json)
    {
        Use(state =>
        {
            state.RecordUpload(Upload(1));
            state.RecordUpload(Upload(2));
        });
        var lines = File.ReadAllLines(JournalPath);
        lines[1] = $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)).AsSpan(0, 4))} {json}";
        File.WriteAllText(JournalPath, string.Join('\n', lines) + "\n");

        Use(state => Assert.Equal([2], Remembered(state, 4)));

        DiagnosticAssert.SingleWarning(Logger.Warnings, "SAB5002", JournalPath, "damaged lines (1)");
        Assert.Equal([lines[0], lines[2]], File.ReadAllLines(JournalPath));
    }

    [Fact]
    public void Two_processes_that_write_at_once_lose_nothing()
    {
        const int Threads = 4;
        const int Each = 60;
        using (var one = Open())
        using (var two = Open())
        {
            Parallel.For(
                0,
                Threads,
                new ParallelOptions { MaxDegreeOfParallelism = Threads },
                thread =>
                {
                    var state = thread % 2 == 0 ? one : two;
                    for (var i = 0; i < Each; i++)
                    {
                        state.RecordHash($"file-{thread}-{i}", Stamp, Hash(i));
                        state.RecordUpload(Upload((thread * Each) + i));
                    }
                }
            );
        }

        Use(state =>
        {
            Assert.Equal(Enumerable.Range(0, Threads * Each), Remembered(state, Threads * Each));
            Assert.All(
                Enumerable.Range(0, Threads * Each),
                n => Assert.Equal(Hash(n % Each), state.FindHash($"file-{n / Each}-{n % Each}", Stamp))
            );
        });
        Assert.Equal(1 + (2 * Threads * Each), File.ReadAllLines(JournalPath).Length);
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public void Lines_that_another_process_adds_during_a_repair_are_kept()
    {
        Use(state => state.RecordUpload(Upload(1)));
        File.AppendAllText(JournalPath, "damaged\n");
        var quiet = new RecordingLogger();
        var logger = new ActingLogger(() =>
        {
            using var other = UploadState.Open(Temp["state"], Temp.Path, new PhysicalFileSystem(), quiet, Clock);
            other.RecordUpload(Upload(2));
        });
        UploadState.Open(Temp["state"], Temp.Path, new PhysicalFileSystem(), logger, Clock).Dispose();
        Use(state => Assert.Equal([1, 2], Remembered(state, 4)));
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public void Compaction_keeps_what_counts_and_what_another_process_wrote()
    {
        Temp.Write("assets/a.txt");
        Temp.Write("assets/b.txt");
        const string Used = "assets/a.txt"; // relative to the project, which is not the current folder
        const string Unused = "assets/b.txt";
        const string Deleted = "assets/deleted.txt";
        Use(earlier => earlier.RecordHash(Deleted, Stamp, Hash(2)));
        Use(earlier => earlier.RecordHash(Unused, Stamp, Hash(3)));
        using (var state = Open())
        {
            state.RecordUpload(Upload(0, TimeSpan.FromDays(61)));
            state.RecordUpload(Upload(1, TimeSpan.FromDays(59)));
            state.RecordUpload(Upload(2));
            state.Forget(TestSid.From(SidOf("ZN", 2)));
            state.RecordHash(Used, Stamp, Hash(1));
            Use(other => other.RecordUpload(Upload(4)));
            for (var i = 0; i < 600; i++)
            {
                state.RecordUpload(Upload(3, version: i));
            }
        }

        Assert.Equal(1 + 3 + 2, File.ReadAllLines(JournalPath).Length);
        Use(state =>
        {
            Assert.Equal([1, 3, 4], Remembered(state, 8));
            Assert.Equal(SidOf("ZN", 599), state.FindUpload(Key(3))!.AssetVersionSid);
            Assert.Equal(Hash(1), state.FindHash(Used, Stamp));
            Assert.Equal(Hash(3), state.FindHash(Unused, Stamp));
            Assert.Null(state.FindHash(Deleted, Stamp));
        });
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public void Compaction_removes_forgotten_uploads_unless_they_were_recorded_again()
    {
        Use(state =>
        {
            Enumerable.Range(0, 600).ToList().ForEach(number => state.RecordUpload(Upload(number)));
            Enumerable.Range(0, 600).ToList().ForEach(number => state.Forget(TestSid.From(SidOf("ZN", number))));
            state.RecordUpload(Upload(7));
            Assert.Equal([7], Remembered(state, 600));
        });

        Assert.Equal(2, File.ReadAllLines(JournalPath).Length);
        Use(state => Assert.Equal([7], Remembered(state, 600)));
    }

    [Fact]
    public void A_journal_whose_lines_still_count_is_left_as_it_is()
    {
        Use(state => Enumerable.Range(0, 600).ToList().ForEach(number => state.RecordUpload(Upload(number))));
        Assert.Equal(601, File.ReadAllLines(JournalPath).Length);
    }

    [Fact]
    public void A_compaction_that_fails_is_a_warning_and_leaves_the_journal()
    {
        var files = new FaultyFiles { BeforeWrite = _ => throw new IOException("No space left on device") };
        using (var state = Open(files))
        {
            Enumerable.Range(0, 600).ToList().ForEach(i => state.RecordUpload(Upload(3, version: i)));
        }

        DiagnosticAssert.SingleWarning(Logger.Warnings, "SAB5003", JournalPath, "No space left on device");
        Assert.Equal(601, File.ReadAllLines(JournalPath).Length);
    }

    private sealed class ActingLogger(Action onWarning) : IAssetLogger
    {
        public bool IsTraceEnabled => false;

        public void Warn(Diagnostic warning) => onWarning();

        public void Log(LogLevel level, SanitizedText message) { }
    }
}

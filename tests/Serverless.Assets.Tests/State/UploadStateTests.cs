using Serverless.Assets.Client;
using Serverless.Assets.Files;
using Serverless.Assets.State;

namespace Serverless.Assets.Tests.State;

public sealed class UploadStateTests : StateTest
{
    [Fact]
    public void Recorded_uploads_persist_after_closing_and_reopening()
    {
        Use(state =>
        {
            state.RecordUpload(Upload(1));
            state.RecordHash("assets/a.txt", Stamp, Hash(1));
            state.RecordUpload(Upload(2));
            state.RecordHash("assets/b.txt", Stamp, Hash(2));
        });

        using var again = Open();
        Assert.Equal(Upload(1), again.FindUpload(Key(1)));
        Assert.Equal(Upload(2), again.FindUpload(Key(2)));
        Assert.Equal(Hash(1), again.FindHash("assets/a.txt", Stamp));
        Assert.Equal(Hash(2), again.FindHash("assets/b.txt", Stamp));
        Assert.Empty(Logger.Warnings);
    }

    /// <summary>Otherwise, the next upload would start before this one is recorded, and a crash would lose more.</summary>
    [Fact]
    public void An_upload_that_is_recorded_while_another_one_is_written_waits()
    {
        using var isWriting = new ManualResetEventSlim();
        using var canWrite = new ManualResetEventSlim(initialState: true);
        var disk = new PhysicalFileSystem();
        var files = new FaultyFiles
        {
            OnOpenExclusive = path =>
            {
                isWriting.Set();
                canWrite.Wait(TestContext.Current.CancellationToken);
                return disk.OpenExclusive(path);
            },
        };
        using var state = Open(files);
        canWrite.Reset();
        isWriting.Reset();
        var first = new Thread(() => state.RecordUpload(Upload(1)));
        var second = new Thread(() => state.RecordUpload(Upload(2)));
        first.Start();
        isWriting.Wait(TestContext.Current.CancellationToken);

        second.Start();
        SpinWait.SpinUntil(() => (second.ThreadState & (ThreadState.WaitSleepJoin | ThreadState.Stopped)) != 0);
        var hasReturned = !second.IsAlive;
        canWrite.Set();
        first.Join();
        second.Join();

        Assert.False(hasReturned);
        using var again = Open();
        Assert.Equal([1, 2], Remembered(again, 3));
    }

    [Fact]
    public void Nothing_is_written_when_there_is_nothing_to_say()
    {
        Use(_ => { });
        Assert.Equal(["state/uploads.journal.lock"], Temp.Files());
    }

    [Fact]
    public void Every_part_of_the_key_counts()
    {
        using var state = Open();
        state.RecordUpload(Upload(1));
        StateKey[] others =
        [
            Key(1) with
            {
                AccountSid = TestSid.From("AC2"),
            },
            Key(1) with
            {
                ServiceSid = TestSid.From("ZS2"),
            },
            Key(1) with
            {
                Path = AssetPath.Parse("/1.TXT"),
            },
            Key(1) with
            {
                Visibility = Visibility.Private,
            },
            Key(1) with
            {
                ContentType = "text/plain",
            },
            Key(1) with
            {
                Sha256 = "other",
            },
        ];
        Assert.All(others, other => Assert.Null(state.FindUpload(other)));
        Assert.NotNull(state.FindUpload(Key(1)));
    }

    [Fact]
    public void A_hash_counts_only_for_the_same_length_time_and_identity()
    {
        using var state = Open();
        state.RecordHash("a", Stamp, Hash(1));
        Assert.Equal(Hash(1), state.FindHash("a", Stamp with { }));
        Assert.Null(state.FindHash("A", Stamp));
        Assert.Null(state.FindHash("a", Stamp with { Length = 8 }));
        Assert.Null(state.FindHash("a", Stamp with { LastWrite = Stamp.LastWrite.AddTicks(1) }));
        Assert.Null(state.FindHash("a", Stamp with { Identity = "inode.2" }));
    }

    [Fact]
    public void A_time_stamp_survives_to_the_tick()
    {
        var stamp = Stamp with { LastWrite = Stamp.LastWrite.AddTicks(1234567) };
        Use(state => state.RecordHash("a", stamp, Hash(1)));
        Use(state => Assert.Equal(Hash(1), state.FindHash("a", stamp)));
    }

    [Fact]
    public void A_forgotten_upload_stays_deleted_and_other_uploads_are_kept()
    {
        Use(state =>
        {
            state.RecordUpload(Upload(1));
            state.RecordUpload(Upload(2));
            state.Forget(TestSid.From(SidOf("ZN", 1)));
            Assert.Equal([2], Remembered(state, 4));
        });
        Use(state => Assert.Equal([2], Remembered(state, 4)));
        Use(state => state.RecordUpload(Upload(1)));
        Use(state => Assert.Equal([1, 2], Remembered(state, 4)));
    }

    [Fact]
    public void A_version_that_several_keys_share_is_forgotten_for_all()
    {
        using var state = Open();
        state.RecordUpload(Upload(1, version: 9));
        state.RecordUpload(Upload(2, version: 9));
        state.Forget(TestSid.From(SidOf("ZN", 9)));
        Assert.Empty(Remembered(state, 4));
    }

    [Fact]
    public void The_asset_of_a_path_is_that_of_its_latest_upload()
    {
        using var state = Open();
        state.RecordUpload(
            Upload(1, TimeSpan.FromDays(2)) with
            {
                AssetSid = TestSid.From(SidOf("ZH", 10)),
                Key = Key(1) with { Sha256 = "x" },
            }
        );
        state.RecordUpload(Upload(1, TimeSpan.FromDays(1)) with { AssetSid = TestSid.From(SidOf("ZH", 11)) });
        state.RecordUpload(
            Upload(1, TimeSpan.FromDays(3)) with
            {
                AssetSid = TestSid.From(SidOf("ZH", 12)),
                Key = Key(1) with { Sha256 = "z" },
            }
        );
        Assert.Equal(
            SidOf("ZH", 11),
            state.FindAssetSid(new AssetKey(TestSid.From("AC1"), TestSid.From("ZS1"), AssetPath.Parse("/1.txt")))
        );
        Assert.Null(
            state.FindAssetSid(new AssetKey(TestSid.From("AC2"), TestSid.From("ZS1"), AssetPath.Parse("/1.txt")))
        );
        Assert.Null(
            state.FindAssetSid(new AssetKey(TestSid.From("AC1"), TestSid.From("ZS2"), AssetPath.Parse("/1.txt")))
        );
        Assert.Null(
            state.FindAssetSid(new AssetKey(TestSid.From("AC1"), TestSid.From("ZS1"), AssetPath.Parse("/2.txt")))
        );
    }

    [Theory]
    [InlineData("ZN../../x", "ZH00000000000000000000000000000001")]
    [InlineData("ZN00000000000000000000000000000001", "ZN00000000000000000000000000000001")]
    public void An_entry_with_a_malformed_SID_is_not_believed(string assetVersionSid, string assetSid)
    {
        Use(state => state.RecordUpload(Upload(3)));
        const string key =
            """{"accountSid":"AC00000000000000000000000000000001","serviceSid":"ZS00000000000000000000000000000001","path":"/1.txt","visibility":"Protected","""
            + "\"contentType\":\"text/plain; charset=utf-8\",\"sha256\":\"sha-1\"}";
        AppendLine(
            "{\"upload\":{\"key\":"
                + key
                + $",\"assetSid\":\"{assetSid}\",\"assetVersionSid\":\"{assetVersionSid}\""
                + ",\"knownAt\":\"2026-01-31T12:00:00+00:00\"}}"
        );

        Use(state => Assert.Equal([3], Remembered(state, 4)));
        DiagnosticAssert.SingleWarning(Logger.Warnings, "SAB5002", JournalPath);
    }

    [Fact]
    public void A_full_disk_is_one_warning_and_the_run_goes_on()
    {
        var files = new FaultyFiles();
        files.OnOpenExclusive = path =>
            path == JournalPath
                ? throw new IOException("No space left on device")
                : new PhysicalFileSystem().OpenExclusive(path);
        using (var state = Open(files))
        {
            state.RecordUpload(Upload(1));
            state.RecordHash("a", Stamp, Hash(1));
            state.RecordUpload(Upload(2));
            state.Forget(TestSid.From(SidOf("ZN", 2)));
            Assert.Equal([1], Remembered(state, 4));
        }

        DiagnosticAssert.SingleWarning(
            Logger.Warnings,
            "SAB5003",
            JournalPath,
            $"'{JournalPath}'",
            "No space left on device",
            "The run continues",
            "ServerlessAssetsStatePath"
        );
    }

    [Fact]
    public void A_disk_that_fills_up_in_the_middle_of_a_line_costs_that_line_only()
    {
        Use(state => state.RecordUpload(Upload(1)));
        var files = new FaultyFiles
        {
            OnOpenExclusive = path =>
                path == JournalPath ? new FullDisk(path) : new PhysicalFileSystem().OpenExclusive(path),
        };
        using (var state = Open(files))
        {
            state.RecordUpload(Upload(2));
        }

        DiagnosticAssert.SingleWarning(Logger.Warnings, "SAB5003", JournalPath);
        Assert.False(File.ReadAllText(JournalPath).EndsWith('\n'));
        Use(state => state.RecordUpload(Upload(3)));
        Use(state => Assert.Equal([1, 3], Remembered(state, 4)));
        Assert.Single(Logger.Warnings);
    }

    [Fact]
    public void A_folder_that_cannot_be_created_causes_one_immediate_warning()
    {
        Temp.Write("state", "a file in the place of the folder");
        using (var state = Open())
        {
            state.RecordUpload(Upload(1));
            state.RecordHash("a", Stamp, Hash(1));
            Assert.Equal([1], Remembered(state, 4));
        }

        DiagnosticAssert.SingleWarning(
            Logger.Warnings,
            "SAB5001",
            JournalPath,
            $"'{JournalPath}'",
            "uploads every file"
        );
    }

    [Fact]
    public void A_lock_that_another_process_holds_is_waited_for()
    {
        var held = new PhysicalFileSystem().OpenExclusive(JournalPath + ".lock");
        var clock = new CountingClock(onCount: 20, held.Dispose);
        using var state = UploadState.Open(Temp["state"], Temp.Path, new PhysicalFileSystem(), Logger, clock);
        state.RecordUpload(Upload(1));
        Assert.Empty(Logger.Warnings);
        Assert.True(clock.Count > 20);
    }

    [Fact]
    public void A_lock_that_is_never_free_is_given_up_with_a_warning()
    {
        using var held = new PhysicalFileSystem().OpenExclusive(JournalPath + ".lock");
        Clock.AutoAdvanceAmount = TimeSpan.FromSeconds(4);
        using (var state = Open())
        {
            state.RecordUpload(Upload(1));
        }

        DiagnosticAssert.SingleWarning(Logger.Warnings, "SAB5001", JournalPath, $"'{JournalPath}'");
    }

    /// <summary>Lines that are intact, but not of this version: their checksums are right.</summary>
    [Theory]
    [InlineData("""{"upload":{"assetSid":"ZH00000000000000000000000000000001","knownAt":"2026-01-01T00:00:00Z"}}""")]
    [InlineData("""{"upload":{"key":null,"assetSid":null,"assetVersionSid":null,"knownAt":"2026-01-01T00:00:00Z"}}""")]
    [InlineData("""{"hash":{"file":null,"stamp":null,"hash":null}}""")]
    [InlineData("""{"hash":{}}""")]
    public void An_entry_of_another_form_is_dropped_and_the_others_count(string entry)
    {
        Use(state => state.RecordUpload(Upload(1)));
        AppendLine(entry);
        Use(state => state.RecordUpload(Upload(2)));

        using var reopened = Open();
        Assert.Equal([1, 2], Remembered(reopened, 3));
    }

    /// <summary>Appends a line with the right checksum.</summary>
    private void AppendLine(string entry)
    {
        var json = System.Text.Encoding.UTF8.GetBytes(entry);
        var checksum = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(json))[..8];
        File.AppendAllText(JournalPath, $"{checksum} {entry}\n");
    }

    /// <summary>Takes half of what is written, and then has no more room.</summary>
    private sealed class FullDisk(string path)
        : FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 0)
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer[..(buffer.Length / 2)]);
            throw new IOException("No space left on device");
        }
    }

    /// <summary>Does something when the time was asked for so many times; the time itself stands still.</summary>
    private sealed class CountingClock(int onCount, Action action) : TimeProvider
    {
        public int Count { get; private set; }

        public override long GetTimestamp()
        {
            if (++Count == onCount)
            {
                action();
            }

            return 0;
        }
    }
}

using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Serverless.Assets.Client;
using Serverless.Assets.Files;
using Serverless.Assets.Planning;
using Serverless.Assets.State;

namespace Serverless.Assets.Tests.State;

/// <summary>What the tests of the state share: a state folder, a clock, and entries by number.</summary>
public abstract class StateTest : IDisposable
{
    internal static readonly FileStamp Stamp = new(7, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "inode.1");

    internal TempFolder Temp { get; } = new();

    internal RecordingLogger Logger { get; } = new();

    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));

    internal string JournalPath => Temp["state/uploads.journal"];

    public void Dispose()
    {
        Temp.Dispose();
        GC.SuppressFinalize(this);
    }

    internal UploadState Open(IFileSystem? files = null) =>
        UploadState.Open(Temp["state"], Temp.Path, files ?? new PhysicalFileSystem(), Logger, Clock);

    /// <summary>Opens, lets <paramref name="use"/> work with it, and closes.</summary>
    internal void Use(Action<UploadState> use)
    {
        using var state = Open();
        use(state);
    }

    internal RememberedUpload Upload(int number, TimeSpan age = default, int? version = null) =>
        new(
            Key(number),
            TestSid.From(SidOf("ZH", number)),
            TestSid.From(SidOf("ZN", version ?? number)),
            Clock.GetUtcNow() - age
        );

    internal static StateKey Key(int number) =>
        new(
            TestSid.From("AC1"),
            TestSid.From("ZS1"),
            AssetPath.Parse($"/{number}.txt"),
            Visibility.Protected,
            "text/plain; charset=utf-8",
            $"sha-{number}"
        );

    internal static ContentHash Hash(int number) => new($"sha256-{number}", $"sha384-{number}", number);

    internal static string SidOf(string kind, int number) =>
        kind + number.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>The numbers, of those from 0 below the count, whose upload is remembered.</summary>
    internal static IEnumerable<int> Remembered(UploadState state, int count) =>
        Enumerable.Range(0, count).Where(number => state.FindUpload(Key(number)) is not null);
}

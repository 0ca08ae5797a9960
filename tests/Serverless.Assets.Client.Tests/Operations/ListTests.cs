using System.Globalization;
using System.Net;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.Client.Tests.Operations;

/// <summary>Lists of seven Variables, <c>K1</c> to <c>K7</c>, newest first.</summary>
public sealed class ListTests : EmulatorTest
{
    private const int Count = 7;

    private static readonly string[] Newest = [.. Enumerable.Range(1, Count).Reverse().Select(Key)];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        for (var i = 1; i <= Count; i++)
        {
            await Emulator.Api.CreateVariableAsync(Service, Environment, Key(i), "value");
        }

        await Emulator.ResetStatsAsync();
    }

    [Theory]
    [InlineData(50, null, Count, 1)]
    [InlineData(50, 0, 0, 0)]
    [InlineData(50, 1, 1, 1)]
    [InlineData(3, 2, 2, 1)]
    [InlineData(3, 3, 3, 1)]
    [InlineData(3, 4, 4, 2)]
    [InlineData(3, 6, 6, 2)]
    [InlineData(3, 100, Count, 3)]
    [InlineData(1, null, Count, Count)]
    [InlineData(1, 2, 2, 2)]
    [InlineData(Count, null, Count, 1)]
    [InlineData(1000, null, Count, 1)]
    public async Task A_list_has_at_most_as_many_items_as_the_limit(int pageSize, int? limit, int items, int requests)
    {
        var listed = await Client
            .Variables.ListAsync(Service, Environment, pageSize, limit, Cancellation)
            .ToListAsync(Cancellation);

        Assert.Equal(Newest.Take(items), listed.Select(variable => variable.Key));
        Assert.Equal(requests, Sent);
    }

    [Theory]
    [InlineData(0, null, "pageSize")]
    [InlineData(-1, null, "pageSize")]
    [InlineData(1001, null, "pageSize")]
    [InlineData(50, -1, "limit")]
    public void A_size_out_of_range_is_not_valid(int pageSize, int? limit, string parameter)
    {
        var failure = Assert.Throws<ArgumentOutOfRangeException>(() =>
            Client.Variables.ListAsync(Service, Environment, pageSize, limit, Cancellation)
        );

        Assert.Equal(parameter, failure.ParamName);
    }

    [Theory]
    [InlineData(0, null, "pageSize")]
    [InlineData(1001, null, "pageSize")]
    [InlineData(50, "", "pageToken")]
    [InlineData(50, " ", "pageToken")]
    public async Task A_page_that_cannot_be_requested_is_not_valid(int pageSize, string? token, string parameter)
    {
        var failure = await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            Client.Variables.ListPageAsync(Service, Environment, pageSize, token, Cancellation)
        );

        Assert.Equal(parameter, failure.ParamName);
        Assert.Equal(0, Sent);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(Count)]
    [InlineData(1000)]
    public async Task Page_by_page_each_item_is_visited_once(int pageSize)
    {
        var items = new List<VariableResource>();
        string? token = null;
        do
        {
            var page = await Client.Variables.ListPageAsync(Service, Environment, pageSize, token, Cancellation);
            Assert.InRange(page.Items.Count, 1, pageSize);
            items.AddRange(page.Items);
            token = page.NextPageToken;
        } while (token is not null);

        Assert.Equal(Newest, items.Select(variable => variable.Key));
        Assert.Equal(
            await Client
                .Variables.ListAsync(Service, Environment, cancellationToken: Cancellation)
                .ToListAsync(Cancellation),
            items
        );
    }

    /// <summary>A page begins where the last one ended, although there are new items at the start of the list.</summary>
    [Fact]
    public async Task What_is_created_meanwhile_does_not_move_the_pages()
    {
        var first = await Client.Variables.ListPageAsync(Service, Environment, 3, cancellationToken: Cancellation);
        await Emulator.Api.CreateVariableAsync(Service, Environment, "NEW", "value");

        var second = await Client.Variables.ListPageAsync(Service, Environment, 3, first.NextPageToken, Cancellation);

        Assert.Equal(Newest.Take(6), first.Items.Concat(second.Items).Select(variable => variable.Key));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("PT?&Page=0#ü/..")]
    public async Task The_service_refuses_a_token_that_is_not_its_own(string token)
    {
        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            Client.Variables.ListPageAsync(Service, Environment, 3, token, Cancellation)
        );

        Assert.Equal((HttpStatusCode.BadRequest, 20001), (failure.Status, failure.Code));
        Assert.Equal("PageToken is not valid", failure.Reason);
        Assert.Equal(1, Sent);
    }

    [Fact]
    public async Task A_page_that_fails_fails_the_list()
    {
        Emulator.Faults = new EmulatorFaults { FailListPage = 2 };
        var items = new List<string>();

        var failure = await Assert.ThrowsAsync<ServerlessApiException>(async () =>
        {
            await foreach (
                var variable in Client.Variables.ListAsync(Service, Environment, 3, cancellationToken: Cancellation)
            )
            {
                items.Add(variable.Key);
            }
        });

        Assert.Equal(HttpStatusCode.InternalServerError, failure.Status);
        Assert.Equal(Newest.Take(3), items);
        Assert.Equal(1 + 8, Sent);
    }

    [Fact]
    public async Task A_page_that_fails_once_is_read_again()
    {
        Emulator.Faults = new EmulatorFaults { FailListPageOnce = 2 };

        var listed = await Client
            .Variables.ListAsync(Service, Environment, 3, cancellationToken: Cancellation)
            .ToListAsync(Cancellation);

        Assert.Equal(Newest, listed.Select(variable => variable.Key));
        Assert.Equal(4, Sent);
    }

    [Fact]
    public async Task A_list_can_be_canceled_between_its_pages()
    {
        using var caller = new CancellationTokenSource();
        var items = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (
                var _ in Client
                    .Variables.ListAsync(Service, Environment, 3, cancellationToken: Cancellation)
                    .WithCancellation(caller.Token)
            )
            {
                if (++items == 3)
                {
                    await caller.CancelAsync();
                }
            }
        });

        Assert.Equal((3, 1), (items, Sent));
    }

    private static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"K{number}");
}

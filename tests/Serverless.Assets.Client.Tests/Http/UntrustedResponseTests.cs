using System.IO.Compression;
using System.Net;
using System.Text;
using static Serverless.Assets.Client.Tests.Http.SampleRequests;

namespace Serverless.Assets.Client.Tests.Http;

/// <summary>
/// A response that is not about the requested resource, is not valid, or is too large counts as lost: it is never
/// believed, and never a defect of the client.
/// </summary>
public sealed class UntrustedResponseTests : ClientTest
{
    public static TheoryData<string> AllRequests => [.. Requests.Keys];

    [Theory]
    [MemberData(nameof(AllRequests))]
    public Task A_valid_response_is_accepted(string request) =>
        Requests[request].Send(CreateClient(new StubHandler(_ => StubHandler.Json(Requests[request].Valid))));

    [Theory]
    [InlineData("FetchService", "ZS00000000000000000000000000000002", "ZS00000000000000000000000000000099")]
    [InlineData("CreateService", "\"site\"", "\"other\"")]
    [InlineData("CreateAsset", "/a.txt", "/b.txt")]
    [InlineData("CreateVersion", "\"/a.txt\"", "\"/b.txt\"")]
    [InlineData("CreateVersion", "\"public\"", "\"private\"")]
    [InlineData("CreateVersion", "ZH00000000000000000000000000000001", "ZH00000000000000000000000000000099")]
    [InlineData("CreateVersion", "\"service_sid\": \"ZS0", "\"service_sid\": \"ZSf")]
    [InlineData("FetchVersion", "ZN00000000000000000000000000000001", "ZN00000000000000000000000000000099")]
    [InlineData("FetchVersion", "ZH00000000000000000000000000000001", "ZH00000000000000000000000000000099")]
    [InlineData("FetchVersion", "\"service_sid\": \"ZS0", "\"service_sid\": \"ZSf")]
    [InlineData("FetchServiceByName", "\"site\"", "\"other\"")]
    [InlineData("CreateBuild", "ZN00000000000000000000000000000001", "ZN00000000000000000000000000000099")]
    [InlineData("CreateBuild", $"[{VersionJson}]", $"[{VersionJson}, {OtherVersionJson}]")]
    [InlineData("CreateBuild", "[] }", $$"""[{ "sid": "{{VersionSid}}" }] }""")]
    [InlineData("CreateBuild", $"{BuildSid}\", \"service_sid\": \"ZS0", $"{BuildSid}\", \"service_sid\": \"ZSf")]
    [InlineData("FetchBuild", $"{BuildSid}\", \"service_sid\": \"ZS0", $"{BuildSid}\", \"service_sid\": \"ZSf")]
    [InlineData("FetchBuild", "ZB00000000000000000000000000000001", "ZB00000000000000000000000000000099")]
    [InlineData("FetchStatus", "ZB00000000000000000000000000000001", "ZB00000000000000000000000000000099")]
    [InlineData("CreateEnvironment", "\"dev\"", "\"prod\"")]
    [InlineData("FetchEnvironment", "ZE00000000000000000000000000000001", "ZE00000000000000000000000000000099")]
    [InlineData("CreateEnvironment", "\"service_sid\": \"ZS0", "\"service_sid\": \"ZSf")]
    [InlineData("FetchEnvironment", "\"service_sid\": \"ZS0", "\"service_sid\": \"ZSf")]
    [InlineData("ListOwnedAssets", "\"service_sid\": \"ZS0", "\"service_sid\": \"ZSf")]
    [InlineData("ListVersions", "\"service_sid\": \"ZS0", "\"service_sid\": \"ZSf")]
    [InlineData("ListVersions", "ZH00000000000000000000000000000001", "ZH00000000000000000000000000000099")]
    [InlineData("ListBuilds", $"{BuildSid}\", \"service_sid\": \"ZS0", $"{BuildSid}\", \"service_sid\": \"ZSf")]
    [InlineData("ListEnvironments", "\"service_sid\": \"ZS0", "\"service_sid\": \"ZSf")]
    [InlineData("ListDeployments", "ZE00000000000000000000000000000001", "ZE00000000000000000000000000000099")]
    [InlineData("CreateDeployment", "ZB00000000000000000000000000000001", "ZB00000000000000000000000000000099")]
    [InlineData("CreateDeployment", "\"ZB00000000000000000000000000000001\"", "null")]
    [InlineData("CreateDeployment", "ZE00000000000000000000000000000001", "ZE00000000000000000000000000000099")]
    public async Task A_response_about_another_resource_counts_as_lost(string request, string found, string instead)
    {
        var (valid, send) = Requests[request];
        var json = valid.Replace(found, instead, StringComparison.Ordinal);
        Assert.NotEqual(valid, json);

        var failure = await AssertLostAsync(send, () => StubHandler.Json(json));

        Assert.StartsWith("the response is not about the requested", failure.Reason, StringComparison.Ordinal);
    }

    /// <summary>A cache can respond to a creation with the response to an earlier one.</summary>
    [Theory]
    [InlineData("CreateVersion")]
    [InlineData("CreateAsset")]
    public async Task A_SID_that_an_earlier_creation_returned_counts_as_lost(string request)
    {
        var (valid, send) = Requests[request];
        var client = CreateClient(new StubHandler(_ => StubHandler.Json(valid)));
        await send(client);

        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() => send(client));

        Assert.Equal(ApiFailure.Ambiguous, failure.Failure);
        Assert.Matches("^the response is not about the requested resource: Z[HN]0+1 is ", failure.Reason);
    }

    /// <summary>The letter case of names is the service's choice, and a list of versions has no order.</summary>
    [Theory]
    [InlineData("FetchServiceByName", "\"site\"", "\"SITE\"")]
    [InlineData("FetchServiceByName", "\"site\"", "null")]
    [InlineData("CreateBuild", $"[{VersionJson}]", $"[{VersionJson}, {VersionJson}]")]
    [InlineData("CreateBuild", $"[{VersionJson}]", "[]")]
    [InlineData("CreateBuild", $"[{VersionJson}]", "null")]
    [InlineData("CreateBuild", ", \"function_versions\": []", "")]
    public Task A_response_about_the_same_resource_is_accepted(string request, string found, string instead)
    {
        var (valid, send) = Requests[request];
        var json = valid.Replace(found, instead, StringComparison.Ordinal);
        Assert.NotEqual(valid, json);

        return send(CreateClient(new StubHandler(_ => StubHandler.Json(json))));
    }

    /// <summary>A proxy's page in place of a response.</summary>
    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Accepted)]
    public Task A_deletion_that_is_answered_with_a_page_counts_as_lost(HttpStatusCode status) =>
        AssertLostAsync(
            api => api.Environments.DeleteAsync(Service, TestSid.From(EnvironmentSid), Cancellation),
            () => StubHandler.Html(status)
        );

    [Theory]
    [MemberData(nameof(AllRequests))]
    public async Task A_response_without_a_body_or_with_more_than_one_value_counts_as_lost(string request)
    {
        var (valid, send) = Requests[request];
        await AssertLostAsync(send, () => new HttpResponseMessage(HttpStatusCode.NoContent));
        await AssertLostAsync(send, () => StubHandler.Json($"{valid} {valid}"));
        await AssertLostAsync(send, () => StubHandler.Json($"[{valid}]"));
        await AssertLostAsync(send, () => StubHandler.Json(valid + "}"));
        await AssertLostAsync(
            send,
            () => StubHandler.Json($$"""{ "deep": {{new string('[', 100)}}{{new string(']', 100)}}, {{valid[1..]}}""")
        );
    }

    [Theory]
    [InlineData("{\"message\": \"\\ud800\"}")]
    [InlineData("{\"message\": 5, \"code\": \"x\"}")]
    [InlineData("{\"code\": 1e400}")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task An_error_that_cannot_be_read_is_known_by_its_status(string json)
    {
        var client = CreateClient(new StubHandler(_ => StubHandler.Json(json, HttpStatusCode.BadRequest)));

        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() => Requests["FetchBuild"].Send(client));

        Assert.Equal((ApiFailure.Refused, "Bad Request"), (failure.Failure, failure.Reason));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("ZB00000000000000000000000000000001")]
    [InlineData("zn00000000000000000000000000000001")]
    [InlineData("ZN0000000000000000000000000000000")]
    [InlineData("ZN000000000000000000000000000000011")]
    [InlineData("ZN0000000000000000000000000000000g")]
    [InlineData("ZN00000000000000000000000000000001\\n")]
    [InlineData("")]
    public async Task A_SID_of_the_wrong_kind_or_format_counts_as_lost(string sid)
    {
        var json = VersionJson.Replace(VersionSid, sid, StringComparison.Ordinal);

        await AssertLostAsync(Requests["CreateVersion"].Send, () => StubHandler.Json(json));
    }

    [Theory]
    [InlineData("CreateVersion", "\"ZN00000000000000000000000000000001\"")]
    [InlineData("CreateVersion", "\"/a.txt\"")]
    [InlineData("CreateAsset", "\"/a.txt\"")]
    [InlineData("FetchService", "\"ZS00000000000000000000000000000002\"")]
    [InlineData("FetchEnvironment", "\"dev\"")]
    [InlineData("FetchEnvironment", "\"site-1234-dev.twil.io\"")]
    [InlineData("FetchStatus", "\"completed\"")]
    [InlineData("FetchBuild", $"[{VersionJson}]", "[null]")]
    [InlineData("ListAssets", $"[{AssetJson}]", "[null]")]
    [InlineData("ListAssets", $"[{AssetJson}]")]
    [InlineData("ListAssets", """{ "key": "assets" }""")]
    [InlineData("ListAssets", "\"assets\" }")]
    public async Task Null_where_a_value_is_required_counts_as_lost(
        string request,
        string found,
        string instead = "null"
    )
    {
        var (valid, send) = Requests[request];
        instead = found.EndsWith(" }", StringComparison.Ordinal) && found[0] == '"' ? "null }" : instead;
        var json = valid.Replace(found, instead, StringComparison.Ordinal);
        Assert.NotEqual(valid, json);

        await AssertLostAsync(send, () => StubHandler.Json(json));
    }

    [Theory]
    [InlineData("evil.com/")]
    [InlineData("127.0.0.1:1/x?")]
    [InlineData("127.0.0.1")]
    [InlineData("user@evil.com")]
    [InlineData("site.twil.io:8080")]
    [InlineData("site .twil.io")]
    [InlineData("site.twil.io\\n")]
    [InlineData("[::1]")]
    [InlineData("")]
    public async Task A_domain_that_is_not_a_host_name_counts_as_lost(string domain)
    {
        var json = EnvironmentJson.Replace("site-1234-dev.twil.io", domain, StringComparison.Ordinal);

        await AssertLostAsync(Requests["FetchEnvironment"].Send, () => StubHandler.Json(json));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Broken_compression_counts_as_lost(string encoding) =>
        await AssertLostAsync(
            Requests["FetchStatus"].Send,
            () =>
            {
                Stream broken = new MemoryStream(Encoding.UTF8.GetBytes("not compressed"));
                return new HttpResponseMessage
                {
                    Content = new StreamContent(
                        encoding switch
                        {
                            "gzip" => new GZipStream(broken, CompressionMode.Decompress),
                            "deflate" => new ZLibStream(broken, CompressionMode.Decompress),
                            _ => new BrotliStream(broken, CompressionMode.Decompress),
                        }
                    ),
                };
            }
        );

    [Theory]
    [InlineData("FetchService", 1)]
    [InlineData("CreateAsset", 1)]
    [InlineData("CreateVersion", 1)]
    [InlineData("FetchEnvironment", 1)]
    [InlineData("FetchStatus", 1)]
    [InlineData("FetchBuild", 8)]
    [InlineData("ListAssets", 64)]
    public async Task A_response_is_read_up_to_its_limit(string request, int megabytes)
    {
        var (valid, send) = Requests[request];
        var limit = megabytes * 1024 * 1024;
        await send(CreateClient(new StubHandler(_ => StubHandler.Json(valid.PadRight(limit)))));

        var read = 0L;
        var failure = await AssertLostAsync(
            send,
            () => new HttpResponseMessage { Content = new StreamContent(new EndlessStream(count => read += count)) }
        );

        Assert.Equal($"the response has more than {limit} bytes", failure.Reason);
        Assert.InRange(read, limit, (limit + 100_000) * 8L); // in up to 8 attempts
    }

    [Fact]
    public async Task A_list_without_end_is_given_up()
    {
        var page = 0;
        var handler = new StubHandler(_ =>
            StubHandler.Json(
                $$"""{ "meta": { "key": "assets", "next_page_url": "https://api.test/v1/Services/{{Service}}/Assets?Page={{++page}}" }, "assets": [] }"""
            )
        );

        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            CreateClient(handler).Assets.ListAllAsync(Service, Cancellation)
        );

        Assert.Equal("the list has more than 1000 pages", failure.Reason);
        Assert.Equal(1000, handler.Requests.Count);
    }

    /// <summary>One byte a second keeps a connection busy, but a response is small.</summary>
    [Fact]
    public async Task A_response_that_trickles_in_is_given_up()
    {
        var failure = await AssertLostAsync(
            Requests["CreateAsset"].Send,
            () => new HttpResponseMessage { Content = new StreamContent(new TricklingStream(Clock)) }
        );

        Assert.Equal(
            $"the response was not complete after {TestSettings.RequestTimeout.TotalSeconds:0} seconds",
            failure.Reason
        );
    }

    [Theory]
    [InlineData(1024 * 1024 - 1000, false)]
    [InlineData(1024 * 1024, true)]
    public async Task Large_content_is_sent_after_the_service_agreed(int size, bool expected)
    {
        var handler = new StubHandler(_ => StubHandler.Json(VersionJson));

        await CreateClient(handler)
            .AssetVersions.CreateAsync(
                Service,
                TestSid.From(AssetSid),
                "/a.txt",
                Visibility.Public,
                AssetContent.FromBytes(new byte[size]),
                Cancellation
            );

        Assert.Equal(expected, Assert.Single(handler.Requests).Headers.ExpectContinue == true);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public async Task An_argument_that_would_change_the_address_is_refused_before_a_request(string value)
    {
        var handler = new StubHandler(_ => StubHandler.Json("{}"));
        var client = CreateClient(handler);

        await Assert.ThrowsAsync<ArgumentException>(() => client.Services.FetchAsync(value, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            client.Builds.FetchAsync(value, TestSid.From(BuildSid), Cancellation)
        );
        Assert.Empty(handler.Requests);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"ZN\\ud800\"")]
    public async Task A_SID_that_is_no_string_counts_as_lost(string sid)
    {
        var json = VersionJson.Replace($"\"{VersionSid}\"", sid, StringComparison.Ordinal);
        Assert.NotEqual(VersionJson, json);

        await AssertLostAsync(Requests["CreateVersion"].Send, () => StubHandler.Json(json));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("building,completed")]
    [InlineData("done")]
    public async Task A_status_that_is_none_is_not_believed(string status)
    {
        var handler = new StubHandler(_ => StubHandler.Json($$"""{"sid": "{{BuildSid}}", "status": "{{status}}"}"""));

        await Assert.ThrowsAsync<ServerlessApiException>(() =>
            CreateClient(handler).Builds.FetchStatusAsync(Service, TestSid.From(BuildSid), Cancellation)
        );
    }

    [Fact]
    public async Task A_SID_of_another_kind_and_an_uninitialized_one_are_refused_before_a_request()
    {
        var handler = new StubHandler(_ => StubHandler.Json("{}"));
        var client = CreateClient(handler);

        foreach (
            var sid in new[] { TestSid.From(EnvironmentSid.Replace("ZE", "ZS", StringComparison.Ordinal)), default }
        )
        {
            await Assert.ThrowsAsync<ArgumentException>(() => client.Builds.FetchAsync(Service, sid, Cancellation));
            await Assert.ThrowsAsync<ArgumentException>(() => client.Assets.DeleteAsync(Service, sid, Cancellation));
            await Assert.ThrowsAsync<ArgumentException>(() =>
                client.AssetVersions.FetchAsync(Service, TestSid.From(AssetSid), sid, Cancellation)
            );
            await Assert.ThrowsAsync<ArgumentException>(() =>
                client.Deployments.ListAllAsync(Service, sid, Cancellation)
            );
            await Assert.ThrowsAsync<ArgumentException>(() =>
                client.Deployments.CreateAsync(Service, TestSid.From(EnvironmentSid), sid, Cancellation)
            );
            await Assert.ThrowsAsync<ArgumentException>(() =>
                client.Builds.CreateAsync(Service, new BuildContents { AssetVersions = [sid] }, Cancellation)
            );
        }

        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task Each_segment_of_an_address_is_escaped()
    {
        var handler = new StubHandler(_ => Fail("404"));

        await CreateClient(handler).Services.FindAsync("../x?y#z/ü", Cancellation);

        Assert.Equal(["GET /v1/Services/..%2Fx%3Fy%23z%2F%C3%BC"], handler.Lines);
    }

    private async Task<ServerlessApiException> AssertLostAsync(
        Func<ServerlessClient, Task> send,
        Func<HttpResponseMessage> respond
    )
    {
        var client = CreateClient(new StubHandler(_ => respond()));
        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() => send(client));
        Assert.Equal(ApiFailure.Ambiguous, failure.Failure);
        return failure;
    }

    private sealed class EndlessStream(Action<int> onRead) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            onRead(buffer.Length);
            return ValueTask.FromResult(buffer.Length);
        }
    }

    private sealed class TricklingStream(SkippingClock clock) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            cancellationToken.ThrowIfCancellationRequested();
            buffer.Span[0] = (byte)' ';
            return ValueTask.FromResult(1);
        }
    }
}

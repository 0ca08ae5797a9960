using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace Serverless.Assets.Emulator.Tests.OpenApi;

/// <summary>The check that all exchanges of all tests go through finds every kind of difference.</summary>
public sealed class ExchangeCheckTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private const string List = "/v1/Things";
    private const string One = $"/v1/Things/ZT{Id}";

    private static readonly OpenApiDescription Description = OpenApiFactsReader.Read(
        """
        GET /v1/Things
          query PageSize: integer format=int64 minimum=1 maximum=9
          query Since: string format=date-time
          response 200: object
            things: array of @thing
            counts: object
              *: integer format=int64

        POST /v1/Things
          form Name required: string minLength=2 maxLength=5
          form IsNew: boolean
          form Parts: array of string pattern=^ZP[0-9a-f]{32}$
          form Color: @thing_enum_color
          form Home: string format=uri
          response 201: @thing

        DELETE /v1/Things/{Sid}
          path Sid required: any pattern=^ZT[0-9a-f]{32}$
          response 204: nothing

        POST /v1/Services/{ServiceSid}/Environments
          path ServiceSid required: string
          form UniqueName: string
          response 201: any

        GET /v1/Services/{ServiceSid}/Assets/{AssetSid}/Versions

        GET /v1/Services/{ServiceSid}/Assets/{AssetSid}/Versions/{Sid}
          response 200: @thing

        schema thing: object
          sid: string minLength=34 maxLength=34 pattern=^ZT[0-9a-f]{32}$
          color: @thing_enum_color
          runtime: @build_enum_runtime
          size: integer minimum=0
          is_new: boolean
          date: string nullable format=date-time
          url: string format=uri
          links: object format=uri-map
          any: array of any

        schema thing_enum_color: string enum=red|green

        schema build_enum_runtime: string enum=node22
        """
    );

    private static readonly HttpExchange Created = new("POST", List, 201)
    {
        Fields = Fields("Name=one", $"Parts=ZP{Id}", $"Parts=ZP{Id}", "Color=red", "IsNew=true"),
        ContentType = "application/json",
        Body = Json(Thing()),
    };

    private static readonly HttpExchange Listed = new("GET", List, 200)
    {
        Query = Fields("PageSize=9", "Since=2026-03-01T12:00:00Z"),
        ContentType = "application/json",
        Body = Json(
            new JsonObject
            {
                ["things"] = new JsonArray(Thing()),
                ["counts"] = new JsonObject { ["a"] = 1 },
            }
        ),
    };

    private static readonly HttpExchange Deleted = new("DELETE", One, 204);

    private static readonly HttpExchange Refused = new("POST", List, 400)
    {
        Fields = Fields("Nonsense=1"),
        ContentType = "application/json",
        Body = Json(Error()),
    };

    private static readonly HttpExchange Uploaded = new("POST", "/v1/Services/shop/Assets/ZH1/Versions", 201)
    {
        Fields = null,
        ContentType = "application/json",
        Body = Json(Thing()),
    };

    [Fact]
    public void Exchanges_that_agree_with_the_description_have_no_problems()
    {
        Assert.Empty(Check(Created));
        Assert.Empty(Check(Listed));
        Assert.Empty(Check(Deleted));
        Assert.Empty(Check(Refused));
        Assert.Empty(Check(Uploaded));
    }

    [Theory]
    [InlineData("form Name is missing", "Color=red")]
    [InlineData("form Name has less than 2 characters: o", "Name=o")]
    [InlineData("form Name has more than 5 characters: longer", "Name=longer")]
    [InlineData("form Name is repeated", "Name=one", "Name=two")]
    [InlineData("form Nmae is not described", "Name=one", "Nmae=one")]
    [InlineData("form IsNew is not a boolean: yes", "Name=one", "IsNew=yes")]
    [InlineData("form Parts does not match ^ZP[0-9a-f]{32}$: ZP1", "Name=one", $"Parts=ZP{Id}", "Parts=ZP1")]
    [InlineData("""form Color is none of ["red", "green"]: blue""", "Name=one", "Color=blue")]
    [InlineData("form Home is not a uri: home", "Name=one", "Home=home")]
    public void A_form_that_succeeds_is_valid(string problem, params string[] fields) =>
        Assert.Equal([problem], Check(Created with { Fields = Fields(fields) }));

    [Fact]
    public void A_field_that_the_toolkit_sends_is_valid_in_that_operation_only()
    {
        var environment = Created with { Path = "/v1/Services/shop/Environments", Fields = Fields("FriendlyName=x") };

        Assert.Empty(Check(environment));
        Assert.Equal(["form Other is not described"], Check(environment with { Fields = Fields("Other=x") }));
        Assert.Equal(
            ["form FriendlyName is not described"],
            Check(Created with { Fields = Fields("Name=one", "FriendlyName=x") })
        );
    }

    [Theory]
    [InlineData("query PageSize is not an integer: x", "PageSize=x")]
    [InlineData("query PageSize is less than 1: 0", "PageSize=0")]
    [InlineData("query PageSize is more than 9: 10", "PageSize=10")]
    [InlineData("query Since is not a date-time: yesterday", "Since=yesterday")]
    [InlineData("query Since is not a date-time: 2026-03-01T12:00:00", "Since=2026-03-01T12:00:00")]
    [InlineData("query Pagesize is not described", "Pagesize=1")]
    public void A_query_that_succeeds_is_valid(string problem, string parameter) =>
        Assert.Equal([problem], Check(Listed with { Query = Fields(parameter) }));

    [Fact]
    public void The_operation_its_path_and_its_status_are_described()
    {
        Assert.Equal(["the operation is not described"], Check(Created with { Method = "PUT" }));
        Assert.Equal(["the operation is not described"], Check(Listed with { Path = "/v1/Other" }));
        Assert.Equal(["the status 200 is not described"], Check(Created with { Status = 200 }));
        Assert.Equal(["path Sid does not match ^ZT[0-9a-f]{32}$: ZT1"], Check(Deleted with { Path = $"{List}/ZT1" }));
    }

    [Theory]
    [InlineData("sid", "null", "body.sid is null")]
    [InlineData("sid", "1", "body.sid is not a string: 1")]
    [InlineData("color", "\"blue\"", """body.color is none of ["red", "green"]: blue""")]
    [InlineData("runtime", "\"node9\"", """body.runtime is none of ["node22"]: node9""")]
    [InlineData("size", "-1", "body.size is less than 0: -1")]
    [InlineData("size", "1.5", "body.size is not an integer: 1.5")]
    [InlineData("size", "\"1\"", "body.size is not a number: \"1\"")]
    [InlineData("is_new", "\"true\"", "body.is_new is not a boolean: \"true\"")]
    [InlineData("date", "\"01.03.2026\"", "body.date is not a date-time: 01.03.2026")]
    [InlineData("url", "\"/v1/Things\"", "body.url is not a uri: /v1/Things")]
    [InlineData("links", "{\"parts\":\"parts\"}", "body.links.parts is not a uri: parts")]
    [InlineData("links", "[]", "body.links is not an object: []")]
    [InlineData("any", "{}", "body.any is not an array: {}")]
    [InlineData("extra", "1", "body.extra is not described")]
    public void A_property_of_a_response_is_as_described(string name, string value, string problem)
    {
        var thing = Thing();
        thing[name] = JsonNode.Parse(value);

        Assert.Equal([problem], Check(Created with { Body = Json(thing) }));
    }

    [Theory]
    [InlineData("date", "null")]
    [InlineData("date", "\"2026-03-01T12:00:00.5Z\"")]
    [InlineData("runtime", "\"node24\"")]
    [InlineData("any", "[1, null, {}]")]
    public void Other_values_of_properties_are_valid(string name, string value)
    {
        var thing = Thing();
        thing[name] = JsonNode.Parse(value);

        Assert.Empty(Check(Created with { Body = Json(thing) }));
    }

    [Fact]
    public void A_response_has_all_properties()
    {
        foreach (var name in Thing().Select(property => property.Key))
        {
            var thing = Thing();
            thing.Remove(name);

            Assert.Equal([$"body.{name} is missing"], Check(Created with { Body = Json(thing) }));
        }
    }

    [Fact]
    public void The_items_of_arrays_and_maps_are_as_described()
    {
        var list = JsonNode.Parse(Listed.Body.Span)!;
        list["things"]![0]!["sid"] = $"ZX{Id}";
        list["counts"]!["a"] = "one";

        Assert.Equal(
            [$"body.things[0].sid does not match ^ZT[0-9a-f]{{32}}$: ZX{Id}", "body.counts.a is not a number: \"one\""],
            Check(Listed with { Body = Json(list) })
        );

        list["things"]![0]!["sid"] = $"ZT{Id}";
        list["counts"]!["a"] = ulong.MaxValue;
        Assert.Equal([$"body.counts.a is not an int64: {ulong.MaxValue}"], Check(Listed with { Body = Json(list) }));
    }

    [Fact]
    public void A_response_has_the_described_kind_of_body()
    {
        Assert.Equal(["a response with the status 204 has a body"], Check(Deleted with { Body = Json(Thing()) }));
        Assert.Equal(
            ["the content type is not application/json but text/html"],
            Check(Created with { ContentType = "text/html" })
        );
        Assert.Equal(
            ["the content type is not application/json but missing"],
            Check(Created with { ContentType = null })
        );
        Assert.StartsWith(
            "the body is not JSON: ",
            Assert.Single(Check(Created with { Body = Created.Body[..20] })),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_form_is_URL_encoded_and_an_upload_is_multipart()
    {
        Assert.Equal(["the body is not a URL-encoded form"], Check(Created with { Fields = null }));
        Assert.Equal(["an upload is not multipart"], Check(Uploaded with { Fields = HttpExchange.NoFields }));
        Assert.Equal(["the status is not 201 but 200"], Check(Uploaded with { Status = 200 }));
        Assert.Equal(["body is not an object: 1"], Check(Uploaded with { Body = "1"u8.ToArray() }));
    }

    [Theory]
    [InlineData("code", "\"20001\"", "body.code is not a number: \"20001\"")]
    [InlineData("message", "\"\"", "body.message has less than 1 characters: ")]
    [InlineData("more_info", "\"here\"", "body.more_info is not a uri: here")]
    [InlineData("status", "404", "body.status is not that of the response: 404")]
    [InlineData("user_error", "true", "body.user_error is not described")]
    [InlineData("message", "\"Unexpected error in the emulator: x\"", "Unexpected error in the emulator: x")]
    public void A_refusal_is_an_error_of_the_service(string name, string value, string problem)
    {
        var error = Error();
        error[name] = JsonNode.Parse(value);

        Assert.Equal([problem], Check(Refused with { Body = Json(error) }));
    }

    [Fact]
    public void Only_a_429_has_another_form()
    {
        var error = Error();
        error.Remove("more_info");
        error["detail"] = "In detail";
        error["moreInfo"] = "https://www.twilio.com/docs/errors/20429";

        Assert.NotEmpty(Check(Refused with { Body = Json(error) }));
        Assert.Equal(
            ["body.status is not that of the response: 400"],
            Check(Refused with { Status = 429, Body = Json(error) })
        );
        error["status"] = 429;
        Assert.Empty(Check(Refused with { Status = 429, Body = Json(error) }));
        error["more"] = 1;
        Assert.NotEmpty(Check(Refused with { Status = 429, Body = Json(error) }));
    }

    [Fact]
    public void Only_a_proxy_answers_with_HTML()
    {
        Assert.Empty(Check(Refused with { Status = 413, ContentType = "text/html" }));
        Assert.Equal(
            ["the content type is not application/json but text/html"],
            Check(Refused with { ContentType = "text/html" })
        );
    }

    private static IReadOnlyList<string> Check(HttpExchange exchange) => new ExchangeCheck(Description).Check(exchange);

    private static JsonObject Thing() =>
        new()
        {
            ["sid"] = $"ZT{Id}",
            ["color"] = "red",
            ["runtime"] = "node22",
            ["size"] = 1,
            ["is_new"] = true,
            ["date"] = "2026-03-01T12:00:00Z",
            ["url"] = "http://127.0.0.1/v1/Things",
            ["links"] = new JsonObject { ["parts"] = "http://127.0.0.1/v1/Parts" },
            ["any"] = new JsonArray(),
        };

    private static JsonObject Error() =>
        new()
        {
            ["code"] = 20001,
            ["message"] = "Wrong",
            ["more_info"] = "https://www.twilio.com/docs/errors/20001",
            ["status"] = 400,
        };

    private static byte[] Json(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    private static Dictionary<string, StringValues> Fields(params string[] pairs) =>
        pairs
            .Select(pair => pair.Split('='))
            .GroupBy(pair => pair[0], pair => pair[1])
            .ToDictionary(field => field.Key, field => new StringValues([.. field]));
}

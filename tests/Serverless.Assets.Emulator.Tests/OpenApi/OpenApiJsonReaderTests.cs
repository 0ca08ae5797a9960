namespace Serverless.Assets.Emulator.Tests.OpenApi;

/// <summary>The facts of an OpenAPI description in JSON are complete.</summary>
public sealed class OpenApiJsonReaderTests
{
    private const string Json = """
        {
          "openapi": "3.0.1",
          "paths": {
            "/v1/Things": {
              "servers": [{ "url": "https://example.com" }],
              "description": "Text",
              "x-twilio": { "pathType": "list" },
              "get": {
                "operationId": "ListThing",
                "parameters": [
                  { "in": "query", "name": "PageSize", "schema": { "type": "integer", "minimum": 1, "maximum": 9 } },
                  { "in": "query", "name": "Since", "schema": { "type": "string", "format": "date-time" } }
                ],
                "responses": {
                  "200": { "description": "Text", "content": { "application/json": { "schema": {
                    "type": "object",
                    "title": "Text",
                    "properties": {
                      "things": { "type": "array", "items": { "$ref": "#/components/schemas/thing" } },
                      "counts": { "type": "object", "additionalProperties": { "type": "integer" } },
                      "open": {
                        "type": "object", "properties": { "a": {} }, "additionalProperties": true
                      },
                      "closed": {
                        "type": "object", "properties": { "a": {} }, "additionalProperties": false
                      }
                    }
                  }, "examples": { "one": { "value": {} } } } } }
                }
              },
              "post": {
                "requestBody": { "content": { "application/x-www-form-urlencoded": { "schema": {
                  "type": "object",
                  "required": ["Name"],
                  "properties": {
                    "Name": { "type": "string", "minLength": 2, "maxLength": 5, "description": "Text" },
                    "Parts": { "type": "array", "items": { "type": "string", "pattern": "^ZP[0-9a-f]{32}$" } },
                    "Color": { "$ref": "#/components/schemas/thing_enum_color", "description": "Text" }
                  }
                } } } },
                "responses": { "201": { "content": { "application/json": {
                  "schema": { "$ref": "#/components/schemas/thing" }
                } } } }
              }
            },
            "/v1/Things/{Sid}": {
              "delete": {
                "parameters": [
                  { "in": "path", "name": "Sid", "required": true, "schema": { "type": "string" } }
                ],
                "responses": { "204": { "description": "Text" } }
              }
            }
          },
          "components": { "schemas": {
            "thing": {
              "type": "object",
              "properties": {
                "color": { "$ref": "#/components/schemas/thing_enum_color" },
                "date": { "type": "string", "format": "date-time", "nullable": true, "description": "Text" },
                "links": { "type": "object", "format": "uri-map", "nullable": true },
                "any": { "type": "array", "items": {}, "nullable": true }
              }
            },
            "thing_enum_color": { "type": "string", "enum": ["red", "green"], "description": "Text" }
          } }
        }
        """;

    [Fact]
    public void All_facts_are_read_and_no_text() =>
        Assert.Equal(
            """
            GET /v1/Things
              query PageSize: integer minimum=1 maximum=9
              query Since: string format=date-time
              response 200: object
                things: array of @thing
                counts: object
                  *: integer
                open: object
                  a: any
                  *: any
                closed: object
                  a: any

            POST /v1/Things
              form Name required: string minLength=2 maxLength=5
              form Parts: array of string pattern=^ZP[0-9a-f]{32}$
              form Color: @thing_enum_color
              response 201: @thing

            DELETE /v1/Things/{Sid}
              path Sid required: string
              response 204: nothing

            schema thing: object
              color: @thing_enum_color
              date: string nullable format=date-time
              links: object nullable format=uri-map
              any: array nullable of any

            schema thing_enum_color: string enum=red|green

            """,
            OpenApiFactsWriter.Write(OpenApiJsonReader.Read(Json))
        );

    [Theory]
    [InlineData("\"minLength\": 2", "\"multipleOf\": 2", "multipleOf")]
    [InlineData("\"enum\": [\"red\", \"green\"]", "\"oneOf\": []", "oneOf")]
    [InlineData("thing_enum_color\", \"description\": \"Text\"", "thing_enum_color\", \"nullable\": true", "nullable")]
    [InlineData("\"in\": \"path\"", "\"in\": \"header\"", "parameter in header")]
    [InlineData("\"name\": \"Sid\"", "\"style\": \"form\", \"name\": \"Sid\"", "style")]
    [InlineData("\"servers\"", "\"parameters\"", "parameters")]
    [InlineData("\"get\":", "\"head\":", "head")]
    [InlineData("\"operationId\"", "\"callbacks\"", "callbacks")]
    [InlineData("application/x-www-form-urlencoded", "application/xml", "application/xml")]
    [InlineData("{ \"204\": {", "{ \"204\": { \"links\": {},", "links")]
    [InlineData(
        "\"additionalProperties\": { \"type\": \"integer\" }",
        "\"properties\": {}",
        "schema of an empty object"
    )]
    public void What_is_not_known_is_rejected(string known, string unknown, string named)
    {
        var json = Json.Replace(known, unknown, StringComparison.Ordinal);
        Assert.NotEqual(Json, json);

        var exception = Assert.Throws<NotSupportedException>(() => OpenApiJsonReader.Read(json));

        Assert.Equal($"The OpenAPI description has a {named}, which is not known.", exception.Message);
    }
}

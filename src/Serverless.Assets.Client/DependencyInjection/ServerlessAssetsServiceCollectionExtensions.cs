using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Serverless.Assets.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="ServerlessClient"/>.</summary>
public static class ServerlessAssetsServiceCollectionExtensions
{
    /// <summary>The name of the client's handler in <see cref="IHttpClientFactory"/>.</summary>
    private const string HandlerName = "Serverless.Assets.Client";

    /// <summary>
    /// Registers a <see cref="ServerlessClient"/> as a singleton, with a handler from <see cref="IHttpClientFactory"/> and
    /// the loggers of the host. Call <c>services.Configure&lt;ServerlessClientOptions&gt;</c> to set options elsewhere,
    /// for example from a configuration section.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The options are validated when the client is resolved and, in a host, at startup: options that are not valid, or
    /// no credentials in either the options or the environment, are an <see cref="OptionsValidationException"/>.
    /// </para>
    /// <para>
    /// If <see cref="ServerlessClientOptions.HttpMessageHandler"/> is set, the handler of the factory is not used.
    /// </para>
    /// </remarks>
    /// <param name="configure">Sets options; null leaves the defaults and what other calls set.</param>
    /// <returns>A builder for the handler, such as <c>AddHttpMessageHandler</c>.</returns>
    public static IHttpClientBuilder AddServerlessAssetsClient(
        this IServiceCollection services,
        Action<ServerlessClientOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<ServerlessClientOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<
                IPostConfigureOptions<ServerlessClientOptions>,
                ServerlessClientOptionsDefaults
            >()
        );
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ServerlessClientOptions>, ServerlessClientOptionsValidator>()
        );
        services.TryAddSingleton(provider => new ServerlessClient(
            provider.GetRequiredService<IOptions<ServerlessClientOptions>>().Value
        ));

        // The client lives as long as the host, so its connections are renewed by the handler and not by the factory.
        return services
            .AddHttpClient(HandlerName)
            .ConfigurePrimaryHttpMessageHandler(ApiConnection.CreateHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes handler and loggers from the host, unless they are set.</summary>
    private sealed class ServerlessClientOptionsDefaults(
        IHttpMessageHandlerFactory handlers,
        ILoggerFactory? loggers = null
    ) : IPostConfigureOptions<ServerlessClientOptions>
    {
        public void PostConfigure(string? name, ServerlessClientOptions options)
        {
            options.HttpMessageHandler ??= handlers.CreateHandler(HandlerName);
            options.LoggerFactory ??= loggers;
        }
    }

    private sealed class ServerlessClientOptionsValidator : IValidateOptions<ServerlessClientOptions>
    {
        public ValidateOptionsResult Validate(string? name, ServerlessClientOptions options)
        {
            List<string> problems = [];
            var credentials = FindCredentials(options, problems);
            problems.InsertRange(0, ConnectionSettings.FindProblems(options, credentials));
            return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
        }

        private static TwilioCredentials? FindCredentials(ServerlessClientOptions options, List<string> problems)
        {
            try
            {
                return options.Credentials ?? TwilioCredentials.FromEnvironment();
            }
            catch (Exception missing) when (missing is InvalidOperationException or FormatException)
            {
                problems.Add($"{nameof(options.Credentials)} are not set. {missing.Message}");
                return null;
            }
        }
    }
}

using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd.Proxies;

/// <summary>How one proxy is configured and started.</summary>
internal abstract record ProxyKind(string Program, string RootFile, string PathFile)
{
    public static readonly IReadOnlyList<ProxyKind> All = [new Nginx(), new HaProxy(), new Apache(), new Caddy()];

    public abstract IEnumerable<string> Arguments(string file, string folder);

    public abstract string Configure(string text, string folder, int port, Uri hub, bool withoutUpgrades);

    public string Read(ProxyMode mode) =>
        File.ReadAllText(Path.GetFullPath($"../../docs/hosting/{(mode == ProxyMode.Path ? PathFile : RootFile)}", HubProcess.Folder));

    /// <summary>Replaces text that must be there.</summary>
    protected static string Replace(string text, string what, string by)
    {
        Assert.Contains(what, text, StringComparison.Ordinal);
        return text.Replace(what, by, StringComparison.Ordinal);
    }

    private static string ToHub(string text, Uri hub) => Replace(text, "127.0.0.1:5080", hub.Authority);

    private sealed record Nginx() : ProxyKind("nginx", "nginx.conf", "nginx-path.conf")
    {
        public override IEnumerable<string> Arguments(string file, string folder) => ["-c", file, "-p", folder, "-e", "stderr"];

        public override string Configure(string text, string folder, int port, Uri hub, bool withoutUpgrades)
        {
            text = Replace(ToHub(text, hub), "listen 80;", $"listen 127.0.0.1:{port};");
            if (withoutUpgrades)
            {
                text = Replace(text, "        proxy_set_header Upgrade $http_upgrade;\n", "");
                text = Replace(text, "        proxy_set_header Connection $swarms_hub_connection;\n", "");
            }

            return $$"""
                daemon off;
                pid {{folder}}/nginx.pid;
                events { }
                http {
                    access_log off;
                    client_body_temp_path {{folder}}/body;
                    proxy_temp_path {{folder}}/proxy;
                    fastcgi_temp_path {{folder}}/fastcgi;
                    uwsgi_temp_path {{folder}}/uwsgi;
                    scgi_temp_path {{folder}}/scgi;
                    {{text}}
                }
                """;
        }
    }

    private sealed record HaProxy() : ProxyKind("haproxy", "haproxy.cfg", "haproxy-path.cfg")
    {
        public override IEnumerable<string> Arguments(string file, string folder) => ["-db", "-f", file];

        public override string Configure(string text, string folder, int port, Uri hub, bool withoutUpgrades)
        {
            text = Replace(ToHub(text, hub), "bind :80", $"bind 127.0.0.1:{port}");
            const string Backend = "backend swarms-hub\n    mode http\n";
            return withoutUpgrades ? Replace(text, $"\n{Backend}", $"\n{Backend}    http-request del-header Upgrade\n") : text;
        }
    }

    private sealed record Apache() : ProxyKind("apache2", "apache.conf", "apache-path.conf")
    {
        private static readonly string[] Modules =
            ["mpm_event", "authz_core", "alias", "headers", "proxy", "proxy_http"];

        public override IEnumerable<string> Arguments(string file, string folder) => ["-DFOREGROUND", "-f", file, "-d", folder];

        public override string Configure(string text, string folder, int port, Uri hub, bool withoutUpgrades)
        {
            text = Replace(ToHub(text, hub), "<VirtualHost *:80>", $"<VirtualHost 127.0.0.1:{port}>");
            if (withoutUpgrades)
                text = Replace(text, " upgrade=websocket", "");

            var modules = Modules.Select(module => $"LoadModule {module}_module /usr/lib/apache2/modules/mod_{module}.so");
            return $"""
                {string.Join('\n', modules)}
                Listen 127.0.0.1:{port}
                ServerName localhost
                PidFile {folder}/apache.pid
                DefaultRuntimeDir {folder}
                Mutex file:{folder} default
                ErrorLog /dev/stderr
                {text}
                """;
        }
    }

    private sealed record Caddy() : ProxyKind("caddy", "Caddyfile", "Caddyfile-path")
    {
        public override IEnumerable<string> Arguments(string file, string folder) =>
            ["run", "--config", file, "--adapter", "caddyfile"];

        public override string Configure(string text, string folder, int port, Uri hub, bool withoutUpgrades)
        {
            var name = text.Split('\n')[1];
            text = Replace(ToHub(text, hub), name, $"http://127.0.0.1:{port} {{");
            if (withoutUpgrades)
                text = Replace(text, "header_up -X", "header_up -Upgrade\n\t\theader_up -X");

            return "{\n\tadmin off\n}\n" + text;
        }
    }
}

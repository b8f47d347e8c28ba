/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-search-provider.h"

#include "ui/hr-recent-search.h"
#include "ui/hr-recent.h"

/* How long a process that was only asked waits for the next letter. */
#define LINGER_MS 15000

static const char interface_xml[] = "<node>"
                                    "  <interface name='org.gnome.Shell.SearchProvider2'>"
                                    "    <method name='GetInitialResultSet'>"
                                    "      <arg type='as' name='terms' direction='in'/>"
                                    "      <arg type='as' name='results' direction='out'/>"
                                    "    </method>"
                                    "    <method name='GetSubsearchResultSet'>"
                                    "      <arg type='as' name='previous_results' direction='in'/>"
                                    "      <arg type='as' name='terms' direction='in'/>"
                                    "      <arg type='as' name='results' direction='out'/>"
                                    "    </method>"
                                    "    <method name='GetResultMetas'>"
                                    "      <arg type='as' name='identifiers' direction='in'/>"
                                    "      <arg type='aa{sv}' name='metas' direction='out'/>"
                                    "    </method>"
                                    "    <method name='ActivateResult'>"
                                    "      <arg type='s' name='identifier' direction='in'/>"
                                    "      <arg type='as' name='terms' direction='in'/>"
                                    "      <arg type='u' name='timestamp' direction='in'/>"
                                    "    </method>"
                                    "    <method name='LaunchSearch'>"
                                    "      <arg type='as' name='terms' direction='in'/>"
                                    "      <arg type='u' name='timestamp' direction='in'/>"
                                    "    </method>"
                                    "  </interface>"
                                    "</node>";

struct _HrSearchProvider
{
  GObject parent_instance;

  GApplication *application; /* that owns it */
  GDBusConnection *connection;
  guint registration;
};

G_DEFINE_FINAL_TYPE (HrSearchProvider, hr_search_provider, G_TYPE_OBJECT)

static gboolean
is_recent (const char *uri)
{
  g_auto (GStrv) recent = hr_recent_list ();

  return g_strv_contains ((const char *const *) recent, uri);
}

static GVariant *
search (const char *const *uris, const char *const *terms)
{
  GVariantBuilder found;

  g_variant_builder_init (&found, G_VARIANT_TYPE ("as"));
  for (; *uris != NULL; uris++)
    if (hr_recent_match_has_words (*uris, terms))
      g_variant_builder_add (&found, "s", *uris);

  return g_variant_new ("(as)", &found);
}

static GVariant *
initial_results (GVariant *parameters)
{
  g_autofree const char **terms = NULL;
  g_auto (GStrv) recent = hr_recent_list ();

  g_variant_get (parameters, "(^a&s)", &terms);

  return search ((const char *const *) recent, terms);
}

/* What the first search found is all that a longer one can find. */
static GVariant *
later_results (GVariant *parameters)
{
  g_autofree const char **before = NULL;
  g_autofree const char **terms = NULL;
  g_auto (GStrv) recent = hr_recent_list ();
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  g_variant_get (parameters, "(^a&s^a&s)", &before, &terms);
  for (char **uri = recent; *uri != NULL; uri++)
    if (g_strv_contains (before, *uri))
      g_ptr_array_add (known, *uri);
  g_ptr_array_add (known, NULL);

  return search ((const char *const *) known->pdata, terms);
}

static void
add_meta (GVariantBuilder *metas, const char *uri)
{
  g_autoptr (HrRecentMatch) match = is_recent (uri) ? hr_recent_match_new (uri) : NULL;
  g_autoptr (GIcon) icon = g_themed_icon_new ("application-x-headroom+json");
  g_autoptr (GVariant) serialized = g_icon_serialize (icon);

  if (match == NULL)
    return;
  g_variant_builder_open (metas, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (metas, "{sv}", "id", g_variant_new_string (uri));
  g_variant_builder_add (metas, "{sv}", "name", g_variant_new_string (match->title));
  g_variant_builder_add (metas, "{sv}", "description", g_variant_new_string (match->description));
  g_variant_builder_add (metas, "{sv}", "icon", serialized);
  g_variant_builder_close (metas);
}

static GVariant *
result_metas (GVariant *parameters)
{
  g_autofree const char **uris = NULL;
  GVariantBuilder metas;

  g_variant_get (parameters, "(^a&s)", &uris);
  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (const char **uri = uris; *uri != NULL; uri++)
    add_meta (&metas, *uri);

  return g_variant_new ("(aa{sv})", &metas);
}

static void
activate_result (HrSearchProvider *self, GVariant *parameters)
{
  const char *uri;

  g_variant_get_child (parameters, 0, "&s", &uri);
  if (!is_recent (uri))
    return;

  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_application_open (self->application, &file, 1, "");
}

static void
call_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *method,
         GVariant *parameters, GDBusMethodInvocation *invocation, gpointer user_data)
{
  HrSearchProvider *self = user_data;
  GVariant *answer = NULL;

  g_application_hold (self->application);
  if ((g_application_get_flags (self->application) & G_APPLICATION_IS_SERVICE) != 0)
    g_application_set_inactivity_timeout (self->application, LINGER_MS);

  if (g_str_equal (method, "GetInitialResultSet"))
    answer = initial_results (parameters);
  else if (g_str_equal (method, "GetSubsearchResultSet"))
    answer = later_results (parameters);
  else if (g_str_equal (method, "GetResultMetas"))
    answer = result_metas (parameters);
  else if (g_str_equal (method, "ActivateResult"))
    activate_result (self, parameters);
  else
    g_application_activate (self->application);

  g_dbus_method_invocation_return_value (invocation, answer);
  g_application_release (self->application);
}

gboolean
hr_search_provider_export (HrSearchProvider *self, GDBusConnection *connection, const char *path, GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = call_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  g_autofree char *own_path = g_strconcat (path, "/SearchProvider", NULL);

  self->registration
      = g_dbus_connection_register_object (connection, own_path, node->interfaces[0], &vtable, self, NULL, error);
  if (self->registration != 0)
    self->connection = g_object_ref (connection);

  return self->registration != 0;
}

void
hr_search_provider_unexport (HrSearchProvider *self)
{
  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration);
  self->registration = 0;
  g_clear_object (&self->connection);
}

static void
hr_search_provider_dispose (GObject *object)
{
  hr_search_provider_unexport (HR_SEARCH_PROVIDER (object));

  G_OBJECT_CLASS (hr_search_provider_parent_class)->dispose (object);
}

static void
hr_search_provider_class_init (HrSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hr_search_provider_dispose;
}

static void
hr_search_provider_init (HrSearchProvider *self)
{
}

HrSearchProvider *
hr_search_provider_new (GApplication *application)
{
  HrSearchProvider *self = g_object_new (HR_TYPE_SEARCH_PROVIDER, NULL);

  self->application = application;

  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hr-command.h"
#include "hr-output.h"

#include "io/hr-locale.h"
#include "io/hr-plain-text.h"
#include "model/hr-own-catalog.h"

#include <glib/gi18n.h>

/* Of the list of commands, in characters. */
#define OPERAND_WIDTH 15

static const HrCommand *const commands[] = {
  &hr_command_estimate, &hr_command_compare,  &hr_command_chart,    &hr_command_export,
  &hr_command_explain,  &hr_command_import,   &hr_command_model,    &hr_command_rules,
  &hr_command_recipe,   &hr_command_measured, &hr_command_validate, &hr_command_solve,
  &hr_command_advise,   &hr_command_time,     &hr_command_gpus,     &hr_command_catalog,
};

static HrExit
print_help (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Usage: %s COMMAND …\n\n"), HR_PROGRAM);
  g_string_append (text, _ ("Plans the GPU memory of fine-tuning and serving language models.\n\nCommands:\n"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      int padding = MAX (OPERAND_WIDTH - (int) g_utf8_strlen (commands[i]->operand, -1), 0);

      g_string_append_printf (text, "  %-9s %s%*s %s\n", commands[i]->name, commands[i]->operand, padding, "",
                              _ (commands[i]->summary));
    }
  g_string_append_printf (text,
                          _ ("\n“%s COMMAND --help” tells more. Exit codes: 0 done, 1 a configuration does not "
                             "fit (with --check), 2 wrong usage, 3 a file that is wrong or cannot be read or "
                             "written.\n"),
                          HR_PROGRAM);

  return hr_output_print (text->str);
}

static const HrCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i]->name, name))
      return commands[i];

  return NULL;
}

/* Before any look-up; whatever is wrong with the user's own files, the command does its work. */
static void
load_own_catalog (void)
{
  GPtrArray *problems = hr_own_catalog_get_problems (hr_own_catalog_get_default ());

  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *problem = hr_plain_text (problems->pdata[i]);

      /* Translators: the first is what is wrong with a file, beginning with its name. */
      g_printerr (_ ("%s\nThe file is left as it is and skipped; mend it or move it away.\n"), problem);
    }
}

int
main (int argc, char **argv)
{
  const HrCommand *command;

  hr_locale_init ();

  if (argc < 2)
    {
      g_printerr (_ ("%s: a command is missing\nTry “%s --help”.\n"), HR_PROGRAM, HR_PROGRAM);
      return HR_EXIT_USAGE;
    }
  if (g_str_equal (argv[1], "--version"))
    return hr_output_print (HR_PROGRAM " " HR_VERSION "\n");
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    return print_help ();

  command = find_command (argv[1]);
  if (command == NULL)
    {
      g_printerr (_ ("%s: no command is called “%s”\nTry “%s --help”.\n"), HR_PROGRAM, argv[1], HR_PROGRAM);
      return HR_EXIT_USAGE;
    }

  load_own_catalog ();
  return command->run (command, argv + 2);
}
